import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A rest of a body that is read to its end, so that the connection can go on. */
const SMALL_REST = 1024 * 1024;
const MOST_READ = 64 * 1024 * 1024;
const MOST_MS = 3000;

/**
 * Makes answers arrive that are given before the whole body was read. A socket that is closed while the client sends
 * is reset, and the client may lose the answer; a body of any size read to its end would be a gift to attackers. So
 * the answer goes out at once, and the connection closes after some more of the body, or of time.
 */
export function answerEarly(scope: FastifyInstance): void {
  scope.addHook('onSend', async (request, reply, payload) => {
    const { raw } = request;
    if (reply.statusCode === 413) reply.header('connection', 'close');
    if (raw.complete || typeof payload !== 'string') return payload;
    const rest = bodyLength(raw);
    if (rest <= SMALL_REST && reply.statusCode !== 413) {
      raw.resume();
      return payload;
    }
    reply.header('connection', 'close');
    reply.header('content-length', Buffer.byteLength(payload));
    return Readable.from(lingering(raw, payload), { objectMode: false });
  });
}

function bodyLength({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers['content-length'] ?? 0);
}

async function* lingering(request: IncomingMessage, payload: string): AsyncGenerator<string> {
  yield payload;
  let read = 0;
  const ended = new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => (read += chunk.length) > MOST_READ && resolve());
    request.on('end', resolve).on('close', resolve).on('error', resolve);
  });
  request.resume();
  await Promise.race([ended, sleep(MOST_MS, undefined, { ref: false })]);
}
