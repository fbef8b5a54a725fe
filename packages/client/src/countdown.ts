import { Failure } from './errors/failure.ts';

/** Only time that this process was awake counts: after a long calculation the answer may lie there unread. */
const SLICES = 5;

/**
 * Aborts its signal when the network is silent for too long. It runs between {@link expect} and {@link pause} only, so
 * that the time in which we wait for anything else does not count.
 */
export class Countdown {
  /** Aborted by the caller's signal too, with the caller's reason. */
  readonly signal: AbortSignal;
  readonly #silence = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(signal?: AbortSignal | undefined) {
    this.signal = signal ? AbortSignal.any([signal, this.#silence.signal]) : this.#silence.signal;
  }

  /** Something must come from the network, or move there, within so many seconds. */
  expect(seconds: number): void {
    this.pause();
    if (this.#isStopped) return;
    let left = SLICES;
    const next = (): void => {
      if (left === 0) this.#silence.abort(silence(seconds));
      else this.#timer = setTimeout(next, (seconds * 1000) / SLICES);
      left -= 1;
    };
    next();
  }

  pause(): void {
    clearTimeout(this.#timer);
  }

  /** For good: what is still on its way when an operation ends starts it no more. A timer holds up the program. */
  stop(): void {
    this.#isStopped = true;
    this.pause();
  }
}

function silence(seconds: number): Failure {
  const longer = Math.max(10, 2 * seconds);
  const advice = `If the server is busy or far away, give it longer: new API(url, { timeout: ${longer} }).`;
  return new Failure('TIMEOUT', `Nothing came from the server for ${seconds} s. ${advice}`);
}
