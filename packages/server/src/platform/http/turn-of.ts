import type { FastifyReply } from 'fastify';

/**
 * Resolves when an answer is the next to go over its connection; never, where the client goes away before. Clients may send
 * requests ahead of the answers (RFC 9112, 9.3.2) and read nothing: what is opened for one before its turn stays open for
 * as long as they like. For small answers there is no need: Node reads no more requests while many bytes wait.
 */
export async function turnOf({ raw }: FastifyReply): Promise<void> {
  // Node gives the connection to one answer after the other.
  if (!raw.socket) await new Promise((resolve) => raw.once('socket', resolve));
}
