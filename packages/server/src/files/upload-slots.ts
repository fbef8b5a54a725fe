import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** Bounds how many uploads run at one time, of all kinds together. */
export class UploadSlots {
  readonly #most: number;
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws AqueductError `UNAVAILABLE` when too many run already; the work is not begun then. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) {
      const message = `${this.#running} uploads are running already. Try again in a few seconds.`;
      throw new AqueductError('UNAVAILABLE', message, { retryAfter: 2 });
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
