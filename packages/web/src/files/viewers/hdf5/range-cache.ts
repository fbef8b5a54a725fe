const KiB = 1024;
/** Bytes. What is known of a format's structure is small and scattered. */
const BLOCK = 256 * KiB;
/** Blocks: 64 MiB. */
const MOST_BLOCKS = 256;
/** Blocks that one request brings at most: 8 MiB. */
const MOST_AT_ONCE = 32;

/** Reads the bytes from `start` up to, not including, `end`; it waits for them. */
export type ReadNow = (start: number, end: number) => Uint8Array;

/**
 * A file of which only what is asked for is read, in blocks, and the latest are kept. Who reads on from where the last
 * request ended gets twice as much by the next one.
 */
export class RangeCache {
  readonly size: number;
  readonly #read: ReadNow;
  /** By number; the one that was used last stands last. */
  readonly #blocks = new Map<number, Uint8Array>();
  #next = -1;
  #ahead = 1;

  constructor(size: number, read: ReadNow) {
    this.size = size;
    this.#read = read;
  }

  /** Copies bytes of the file from a position on; returns how many: fewer at its end. */
  readInto(target: Uint8Array, position: number): number {
    const end = Math.min(this.size, position + target.length);
    let at = position;
    while (at < end) {
      const number = Math.floor(at / BLOCK);
      const block = this.#block(number, Math.ceil(end / BLOCK));
      const from = at - number * BLOCK;
      const part = block.subarray(from, Math.min(block.length, from + end - at));
      target.set(part, at - position);
      at += part.length;
    }
    return Math.max(0, end - position);
  }

  /** @param behind - the block behind the last one that is wanted, too. */
  #block(number: number, behind: number): Uint8Array {
    const known = this.#blocks.get(number);
    if (known) {
      this.#keep(number, known);
      return known;
    }
    this.#ahead = number === this.#next ? Math.min(MOST_AT_ONCE, 2 * this.#ahead) : 1;
    const most = Math.min(MOST_AT_ONCE, Math.max(this.#ahead, behind - number));
    let last = number + 1;
    while (last < number + most && last * BLOCK < this.size && !this.#blocks.has(last)) last += 1;
    const bytes = this.#read(number * BLOCK, Math.min(this.size, last * BLOCK));
    // The wanted one is kept last: whatever else goes, it stays.
    for (let i = last - 1; i >= number; i -= 1)
      this.#keep(i, bytes.slice((i - number) * BLOCK, (i - number + 1) * BLOCK));
    this.#next = last;
    return this.#blocks.get(number) as Uint8Array;
  }

  #keep(number: number, block: Uint8Array): void {
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) break;
      this.#blocks.delete(oldest);
    }
  }
}
