/** That a worker took longer than anybody waits. */
export class TooSlow extends Error {}

/**
 * Asks a worker something. One that fails, takes too long or whose answer nobody waits for any more is ended.
 *
 * @param patience - milliseconds.
 * @throws TooSlow, or an Error with a sentence.
 */
export function askWorker<Answer>(
  worker: Worker,
  question: unknown,
  patience: number,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      worker.onmessage = null;
      worker.onerror = null;
      end();
    };
    const fail = (error: unknown) =>
      finish(() => {
        worker.terminate();
        reject(error);
      });
    const leave = () => fail(signal?.reason);
    const timer = setTimeout(() => fail(new TooSlow('It takes too long.')), patience);
    signal?.addEventListener('abort', leave);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => finish(() => resolve(data));
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new Error(event.message || 'A part of the page could not be loaded.'));
    };
    worker.postMessage(question);
  });
}
