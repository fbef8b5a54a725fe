import { isPassing } from './upload-requests.ts';

const FIRST_PAUSE_SECONDS = 0.5;
const LONGEST_PAUSE_SECONDS = 10;

/** Decides whether and when something is tried again that failed: ever more slowly, and not for ever. */
export class Retries {
  readonly #retryFor: number;
  #pause = FIRST_PAUSE_SECONDS;
  #failingSince: number | undefined;

  /** @param retryFor - Seconds without any success after which it is given up. */
  constructor(retryFor: number) {
    this.#retryFor = retryFor;
  }

  /** Something went on: the next failure is the first. */
  succeed(): void {
    this.#pause = FIRST_PAUSE_SECONDS;
    this.#failingSince = undefined;
  }

  /** Resolves when it is time to try again; throws the failure where that would not help, or lasts for too long. */
  async wait(failure: unknown, signal: AbortSignal | undefined): Promise<void> {
    if (!isPassing(failure)) throw failure;
    const now = performance.now();
    this.#failingSince ??= now;
    const seconds = Math.max(this.#pause, failure.facts.retryAfter ?? 0);
    if ((now - this.#failingSince) / 1000 + seconds > this.#retryFor) throw failure;
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_SECONDS);
    await sleep(seconds * 1000, signal);
  }
}

/** By hand, since browsers have no such timer. */
function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const abort = () => reject(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}
