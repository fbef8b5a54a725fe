import type { Countdown } from './countdown.ts';
import { Failure } from './errors/failure.ts';

/** The bytes of an answer, as they come. To be read to their end, or left with `return`: only then the line is free. */
export interface BodyChunks {
  next(): Promise<IteratorResult<Uint8Array, void>>;
  return(): Promise<IteratorReturnResult<void>>;
  [Symbol.asyncIterator](): BodyChunks;
}

/**
 * No generator: the `return` of one that nobody has read from does nothing, and would leave the connection open.
 *
 * @param patience - Seconds of silence allowed between them.
 */
export function bodyChunks(response: Response, countdown: Countdown, patience: number): BodyChunks {
  let reader = response.body?.getReader();
  const close = async (): Promise<IteratorReturnResult<void>> => {
    const open = reader;
    reader = undefined;
    countdown.stop();
    // Says no more is wanted; of a body that is at its end it does nothing.
    await open?.cancel().catch(() => undefined);
    return { done: true, value: undefined };
  };
  return {
    async next() {
      if (!reader) return close();
      try {
        countdown.expect(patience);
        const { done, value } = await reader.read();
        countdown.pause();
        return done ? close() : { done, value };
      } catch (error) {
        await close();
        if (countdown.signal.aborted) throw countdown.signal.reason;
        throw new Failure('CONNECTION_LOST', 'The connection broke off in the middle of the answer.', {
          cause: error,
        });
      }
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
