import type { IncomingMessage } from 'node:http';

const PATIENCE_MS = 1000;

/**
 * Reads, for a moment, what a client sends although its answer is known: one that still sends when the connection is
 * closed never reads the answer.
 */
export async function drainBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  request.unpipe();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', finish).once('close', finish);
    request.resume();
  });
}
