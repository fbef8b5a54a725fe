import type { OpenSource } from './platform.ts';
import { wasRead } from './was-read.ts';

const taken = new WeakSet<object>();

/**
 * Takes somebody's stream for an upload; to no other it would give the same bytes, and an async generator does not tell.
 *
 * @throws Failure where an upload has taken it before.
 */
export function openStream(stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): OpenSource {
  if (taken.has(stream)) throw wasRead();
  taken.add(stream);
  return { name: undefined, size: undefined, content: stream, close: () => letGo(stream) };
}

/** One that waits for its bytes would go on to hold up the program. */
function letGo(stream: object): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
  else if (stream instanceof ReadableStream) stream.cancel().catch(() => undefined);
}
