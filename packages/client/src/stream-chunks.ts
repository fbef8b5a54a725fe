import { AqueductError, InvalidArgumentError } from './errors/errors.ts';
import { Failure } from './errors/failure.ts';

/**
 * The bytes of a stream that is to be uploaded. When the signal aborts, the stream is let go of at once, also while it
 * has nothing to give: one that waits for its bytes would go on to hold up the program.
 */
export async function* streamChunks(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const letGo = () => {
    if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
  };
  signal.addEventListener('abort', letGo);
  try {
    for await (const chunk of 'getReader' in stream ? readerChunks(stream, signal) : stream) {
      if (!((chunk as unknown) instanceof Uint8Array)) throw new InvalidArgumentError(noBytes(chunk));
      yield chunk;
    }
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AqueductError || error instanceof Failure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('LOCAL_FILE', `What was to be uploaded could not be read (${why}).`, { cause: error });
  } finally {
    signal.removeEventListener('abort', letGo);
  }
}

/** By hand: not every browser can iterate over a stream. */
async function* readerChunks(stream: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const reader = stream.getReader();
  const cancel = () => reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancel();
  }
}

function noBytes(chunk: unknown): string {
  return `A stream to upload must give bytes (Uint8Array); this one gave something of type ${typeof chunk}.`;
}
