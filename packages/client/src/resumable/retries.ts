import { pause } from '../pause.ts';
import { mayGoOn } from './upload-requests.ts';

const FIRST_PAUSE_SECONDS = 0.5;
const LONGEST_PAUSE_SECONDS = 10;

/** Decides whether and when something is tried again that failed: ever more slowly, and not for ever. */
export class Retries {
  readonly #retryFor: number;
  #storingFor: number;
  #pause = FIRST_PAUSE_SECONDS;
  #lastMove = performance.now();
  #failingSince: number | undefined;

  /**
   * @param retryFor - Seconds without any success after which it is given up.
   * @param storingFor - Seconds that do not count as such, in which the server says that it is storing what came.
   */
  constructor(retryFor: number, storingFor = 0) {
    this.#retryFor = retryFor;
    this.#storingFor = storingFor;
  }

  /** Something moves, though it may still come to nothing. */
  move(): void {
    this.#lastMove = performance.now();
  }

  /** Something went on: the next failure is the first. */
  succeed(): void {
    this.move();
    this.#pause = FIRST_PAUSE_SECONDS;
    this.#failingSince = undefined;
  }

  /** Resolves when it is time to try again; throws the failure where that would not help, or lasts for too long. */
  async wait(failure: unknown, signal: AbortSignal | undefined): Promise<void> {
    if (!mayGoOn(failure)) throw failure;
    const now = performance.now();
    if (failure.facts.code === 'LOCKED' && this.#storingFor > 0) {
      // Nor was it absent while it was silent before.
      this.#storingFor -= (now - this.#lastMove) / 1000;
      this.move();
      this.#failingSince = undefined;
    }
    // A server that says nothing was gone long before that was noticed.
    this.#failingSince ??= failure.facts.code === 'TIMEOUT' ? this.#lastMove : now;
    const seconds = Math.max(this.#pause, failure.facts.retryAfter ?? 0);
    if ((now - this.#failingSince) / 1000 + seconds > this.#retryFor) throw failure;
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_SECONDS);
    await pause(seconds, signal);
  }
}
