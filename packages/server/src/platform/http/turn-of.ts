import type { FastifyReply } from 'fastify';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** Of requests with a body that wait on one connection: each holds it. No client is known to send two ahead. */
const MOST_WAITING = 16;
/** How many of these wait, by their connections. */
const waiting = new WeakMap<object, number>();

/**
 * Resolves when an answer is the next to go over its connection; never, where the client goes away before. Clients may send
 * requests ahead of the answers (RFC 9112, 9.3.2) and read nothing: what is opened for one before its turn stays open for
 * as long as they like. For small answers there is no need: Node reads no more requests while many bytes wait.
 *
 * @throws AqueductError `UNAVAILABLE` where too many wait already.
 */
export async function turnOf({ raw }: FastifyReply): Promise<void> {
  // Node gives the connection to one answer after the other.
  if (raw.socket) return;
  const { socket, headers } = raw.req;
  const held = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined ? 1 : 0;
  const before = waiting.get(socket) ?? 0;
  if (before + held > MOST_WAITING) {
    throw new AqueductError(
      'UNAVAILABLE',
      `More than ${MOST_WAITING} requests were sent ahead over one connection. Read some answers first.`,
      { retryAfter: 2 },
    );
  }
  waiting.set(socket, before + held);
  await new Promise((resolve) => raw.once('socket', resolve));
  waiting.set(socket, (waiting.get(socket) ?? held) - held);
}
