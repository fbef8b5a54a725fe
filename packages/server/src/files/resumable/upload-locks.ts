import type { Lock, Locker, RequestRelease } from '@tus/utils';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';

/** What the holder needs to make its bytes durable, or to commit. */
const PATIENCE_MS = 20_000;

interface Held {
  readonly requestRelease: RequestRelease;
  readonly released: Promise<void>;
}

/**
 * One request at a time for each upload. A new one takes over: the older one is asked to stop receiving, since its line
 * may be dead while nobody has told this server. (The package's own locker asks again at every turn of the event loop,
 * which keeps a processor busy.)
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Held>();

  newLock(id: string): Lock {
    let release: () => void = () => undefined;
    return {
      lock: async (_signal, requestRelease) => {
        const deadline = performance.now() + PATIENCE_MS;
        for (let held = this.#held.get(id); held; held = this.#held.get(id)) {
          await held.requestRelease();
          if (!(await isOver(held.released, deadline - performance.now()))) {
            const message =
              'What another request brought for this upload is still being stored. Try again in a few seconds.';
            throw new AqueductError('LOCKED', message, { retryAfter: 2 });
          }
        }
        const { promise: released, resolve } = Promise.withResolvers<void>();
        this.#held.set(id, { requestRelease, released });
        release = () => {
          this.#held.delete(id);
          resolve();
        };
      },
      unlock: async () => release(),
    };
  }

  /** Asks all that receive to stop. */
  async interruptAll(): Promise<void> {
    for (const { requestRelease } of this.#held.values()) await requestRelease();
  }
}

async function isOver(promise: Promise<void>, withinMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), withinMs);
  const over = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return over;
}
