import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Requests that wait on one connection. No client is known to send two ahead; each takes some kilobytes. */
const MOST_WAITING = 64;

/** How many wait, by their connections. */
const waiting = new WeakMap<Socket, number>();

/**
 * Ends connections over which very many requests come before the answer to the first one. There is no telling them: an
 * answer has to wait for its turn, too.
 */
export function limitRequestsAhead(app: FastifyInstance): void {
  app.addHook('onRequest', (request, { raw }, done) => {
    // Node gives the connection to one answer after the other.
    if (raw.socket) return done();
    const { socket } = request.raw;
    const before = waiting.get(socket) ?? 0;
    waiting.set(socket, before + 1);
    raw.once('socket', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    if (before >= MOST_WAITING) {
      if (!socket.destroyed)
        request.log.warn(`more than ${MOST_WAITING} requests were sent ahead over one connection`);
      socket.destroy();
    }
    // What had come with these already is not looked at any more.
    if (!socket.destroyed) done();
  });
}

/**
 * Resolves when an answer is the next to go over its connection; never, where the client goes away before. Clients may send
 * requests ahead of the answers (RFC 9112, 9.3.2) and read nothing: what is opened or read for one before its turn would
 * stay there for as long as they like.
 */
export async function turnOf({ raw }: FastifyReply): Promise<void> {
  if (raw.socket) return;
  await new Promise((resolve) => raw.once('socket', resolve));
}
