import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { AqueductError } from '../errors/aqueduct-error.ts';

const MIB = 1024 * 1024;
/** Of all connections together. */
const MOST_BYTES = 128 * MIB;
/** A smaller one that is answered next is not counted: a connection has one of them at a time, and so has its buffer. */
const SMALL = 64 * 1024;
/** Of one connection. No client is known to send two ahead. */
const MOST_OF_CONNECTION = 16;

/** How long the bodies are that a connection holds, by their answers. */
const held = new WeakMap<Socket, Map<ServerResponse, number>>();
let heldBytes = 0;

/**
 * Bounds the memory of bodies that are kept whole: clients may send them slowly, or ahead of answers that they do not read.
 * A hook for `onRequest`: what is refused is read by nobody. What was read is kept until it is answered, also by Fastify.
 */
export function limitHeldBodies(
  request: FastifyRequest,
  { raw }: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  const bytes = lengthOf(request);
  if (bytes > SMALL || (bytes > 0 && !raw.socket)) done(hold(bytes, request.raw.socket, raw));
  else done();
}

/** Gives why there is no room, where there is none. */
function hold(bytes: number, socket: Socket, answer: ServerResponse): AqueductError | undefined {
  // Nothing comes of one whose client has gone meanwhile, and nothing tells of that any more.
  if (socket.destroyed) return undefined;
  const ofConnection = heldOn(socket);
  if (ofConnection.size >= MOST_OF_CONNECTION)
    return busy('Too many requests were sent ahead of their answers. Read some answers first.');
  // One that is alone may have any length.
  if (heldBytes > 0 && heldBytes + bytes > MOST_BYTES)
    return busy('The server is busy with long requests, and has no room for this one. Try again later.');
  ofConnection.set(answer, bytes);
  heldBytes += bytes;
  answer.once('close', () => release(answer, ofConnection));
  return undefined;
}

/** A hook for `preHandler`: how long a body in chunks is, shows when it was read, and an answer may take days from then. */
export function countReadBody(request: FastifyRequest, { raw }: FastifyReply, done: () => void): void {
  const ofConnection = held.get(request.raw.socket);
  if (ofConnection?.has(raw) && request.body instanceof Uint8Array) {
    const { length } = request.body;
    release(raw, ofConnection);
    if (length > SMALL || !raw.socket) {
      ofConnection.set(raw, length);
      heldBytes += length;
    }
  }
  done();
}

function release(answer: ServerResponse, ofConnection: Map<ServerResponse, number>): void {
  heldBytes -= ofConnection.get(answer) ?? 0;
  ofConnection.delete(answer);
}

function heldOn(socket: Socket): Map<ServerResponse, number> {
  const known = held.get(socket);
  if (known) return known;
  const bodies = new Map<ServerResponse, number>();
  held.set(socket, bodies);
  // Answers that have not had their turn are not told.
  socket.once('close', () => {
    for (const bytes of bodies.values()) heldBytes -= bytes;
    bodies.clear();
  });
  return bodies;
}

/** How long a body may be, in bytes: one in chunks does not tell. Longer ones than the route takes are never read. */
function lengthOf(request: FastifyRequest): number {
  const { headers } = request.raw;
  const isInChunks = headers['transfer-encoding'] !== undefined;
  const length = isInChunks ? Number.POSITIVE_INFINITY : Number(headers['content-length'] ?? 0);
  return length <= SMALL ? length : Math.min(length, request.routeOptions.bodyLimit);
}

function busy(message: string): AqueductError {
  return new AqueductError('UNAVAILABLE', message, { retryAfter: 2 });
}
