import { createHash } from 'node:crypto';

/** What seems to come by chance, and is the same again for the same seed: numbers from the hashes of a counter. */
export class Chance {
  readonly #seed: string;
  #count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A whole number from 0 on, below `end`. */
  below(end: number): number {
    return this.#next().readUInt32BE() % end;
  }

  /** One of these. */
  of<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** So many bytes, in a pattern of their own. */
  bytes(length: number): Buffer<ArrayBuffer> {
    return Buffer.alloc(length, this.#next());
  }

  #next(): Buffer<ArrayBuffer> {
    this.#count += 1;
    return createHash('sha256').update(`${this.#seed} ${this.#count}`).digest() as Buffer<ArrayBuffer>;
  }
}
