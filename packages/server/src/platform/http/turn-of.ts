import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AqueductError } from '../errors/aqueduct-error.ts';

const MIB = 1024 * 1024;
/** Requests that wait on one connection. No client is known to send two ahead; each takes some kilobytes. */
const MOST_WAITING = 64;
/** Of those with a body: each holds it. */
const MOST_WITH_BODY = 16;
/** Bodies of requests that wait, of all connections together. */
const MOST_HELD_BYTES = 64 * MIB;

/** What waits on a connection. */
interface Waiting {
  requests: number;
  bodies: number;
  bytes: number;
}

const waiting = new WeakMap<Socket, Waiting>();
let heldBytes = 0;

/**
 * Ends connections over which very many requests come before the answer to the first one. There is no telling them: an
 * answer has to wait for its turn, too.
 */
export function limitRequestsAhead(app: FastifyInstance): void {
  app.addHook('onRequest', (request, { raw }, done) => {
    // Node gives the connection to one answer after the other.
    if (raw.socket) return done();
    const { socket } = request.raw;
    const here = waitingOn(socket);
    here.requests += 1;
    raw.once('socket', () => (here.requests -= 1));
    if (here.requests > MOST_WAITING) {
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
 *
 * @throws AqueductError `UNAVAILABLE` where too many with bodies wait already.
 */
export async function turnOf({ raw }: FastifyReply): Promise<void> {
  if (raw.socket) return;
  const { socket, headers } = raw.req;
  const here = waitingOn(socket);
  const bytes = heldBy(headers);
  const hasBody = bytes > 0;
  if (hasBody && (here.bodies >= MOST_WITH_BODY || heldBytes + bytes > MOST_HELD_BYTES)) {
    throw new AqueductError(
      'UNAVAILABLE',
      'Too many requests were sent ahead of their answers. Read some answers first.',
      { retryAfter: 2 },
    );
  }
  hold(here, hasBody ? 1 : 0, bytes);
  await new Promise((resolve) => raw.once('socket', resolve));
  hold(here, hasBody ? -1 : 0, -bytes);
}

function waitingOn(socket: Socket): Waiting {
  const known = waiting.get(socket);
  if (known) return known;
  const here = { requests: 0, bodies: 0, bytes: 0 };
  waiting.set(socket, here);
  socket.once('close', () => hold(here, -here.bodies, -here.bytes));
  return here;
}

function hold(here: Waiting, bodies: number, bytes: number): void {
  here.bodies += bodies;
  here.bytes += bytes;
  heldBytes += bytes;
}

/** How long a body may be, in bytes: one in chunks does not tell. */
function heldBy(headers: IncomingHttpHeaders): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : MIB;
}
