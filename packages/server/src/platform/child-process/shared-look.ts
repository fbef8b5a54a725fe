import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets all who want to see something at about one time look together. A look begins after the last of them has asked, so
 * whatever somebody did before that shows in it.
 */
export class SharedLook<T> {
  readonly #look: () => Promise<T>;
  readonly #restMs: number;
  #next: Promise<T> | undefined;
  #rested: Promise<void> = Promise.resolve();

  /** @param restMs - Time after each look for others to ask for the next one. */
  constructor(look: () => Promise<T>, restMs: number) {
    this.#look = look;
    this.#restMs = restMs;
  }

  /** What is seen by a look that has not begun yet. */
  next(): Promise<T> {
    this.#next ??= this.#begin();
    return this.#next;
  }

  async #begin(): Promise<T> {
    await this.#rested;
    this.#next = undefined;
    const seen = this.#look();
    const rest = () => sleep(this.#restMs);
    this.#rested = seen.then(rest, rest);
    return seen;
  }
}
