import { Readable } from 'node:stream';

/** A comment: some browsers take no answer before its first bytes, and lines on which nothing passes are cut. */
const PING = ':\n\n';
const PING_EVERY_MS = 12_000;

/**
 * Results as server-sent events, each as the JSON that `present` makes of it. No result is asked for while one waits to
 * be read, so that a client that reads slowly, or nothing, costs no more memory than that one. When the stream ends,
 * however that is, the results are ended.
 */
export function streamOfResults<Result>(
  results: AsyncGenerator<Result, void, void>,
  present: (result: Result) => string,
): Readable {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const result = await results.next();
    isAsking = false;
    if (stream.destroyed) return;
    if (!result.done) {
      stream.push(`event: next\ndata: ${present(result.value)}\n\n`);
      return;
    }
    stream.push('event: complete\ndata:\n\n');
    stream.push(null);
  };
  const stream = new Readable({
    // Nothing is read ahead.
    highWaterMark: 0,
    read() {
      // Whoever reads a ping wants more, but may have asked already.
      if (isAsking) return;
      isAsking = true;
      ask().catch((error) => stream.destroy(error));
    },
    destroy(error, done) {
      clearInterval(pings);
      // They end when what is being read for the next one is there; nobody waits for that, nor for how it goes.
      results.return().catch(() => {});
      done(error);
    },
  });
  stream.push(PING);
  // Who has not read the last event needs no other sign of life.
  const pings = setInterval(() => {
    if (stream.readableLength === 0) stream.push(PING);
  }, PING_EVERY_MS);
  return stream;
}
