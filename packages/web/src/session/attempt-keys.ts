/** Who presses a button again after this time means something new: what came of the first may be seen in the lists. */
const KEPT_MS = 10 * 60_000;

interface Attempt {
  readonly key: string;
  readonly begun: number;
}

/**
 * The `Idempotency-Key` of what somebody wants done: the same until it is known to be done, so that the server does it
 * once, however often a button is pressed after a lost answer.
 */
export class AttemptKeys {
  readonly #open = new Map<string, Attempt>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param wish - all that is asked for, as a text: with a change in it, it is another one. */
  keyOf(wish: string): string {
    const now = this.#now();
    const open = this.#open.get(wish);
    if (open && now - open.begun < KEPT_MS) return open.key;
    const key = newKey();
    this.#open.set(wish, { key, begun: now });
    return key;
  }

  /** It is done: the same wish is a new one from now on. */
  settle(wish: string): void {
    this.#open.delete(wish);
  }
}

/** `randomUUID` is there only where the page came by https or from this machine. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
