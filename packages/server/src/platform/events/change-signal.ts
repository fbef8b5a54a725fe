/** Wakes whoever waits in this process for a change; what changed is read from the database. */
export class ChangeSignal {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Says that something about a key has changed. */
  notify(key: string): void {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    for (const wake of waiting ?? []) wake();
  }

  /**
   * Resolves at the next change of a key, after a while without one (another process may have changed it), or when the
   * signal aborts. To miss nothing, call it before reading, and await it afterwards.
   */
  next(key: string, withinMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(key) ?? new Set();
      this.#waiting.set(key, waiting);
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        waiting.delete(done);
        if (waiting.size === 0 && this.#waiting.get(key) === waiting) this.#waiting.delete(key);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      waiting.add(done);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done);
    });
  }
}
