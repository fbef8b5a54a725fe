import { type FileLocation, readRangeNow } from '../read-range.ts';

const BLOCK = 128 * 1024;
/** 64 MiB in all. */
const MOST_BLOCKS = 512;

/** Reads a file by blocks, and keeps those that were used last. It waits for each: SQLite can't be asked to come back. */
export class BlockCache {
  readonly #file: FileLocation;
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(file: FileLocation) {
    this.#file = file;
  }

  /** The bytes from an offset; fewer at the end of the file. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(this.#file.size, offset + length);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    for (let at = offset; at < end; ) {
      const number = Math.floor(at / BLOCK);
      const start = number * BLOCK;
      const part = this.#block(number).subarray(at - start, end - start);
      bytes.set(part, at - offset);
      at += part.length;
    }
    return bytes;
  }

  #block(number: number): Uint8Array {
    const known = this.#blocks.get(number);
    this.#blocks.delete(number);
    const block = known ?? this.#fetch(number);
    this.#blocks.set(number, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }

  #fetch(number: number): Uint8Array {
    const start = number * BLOCK;
    return readRangeNow(this.#file, start, Math.min(this.#file.size, start + BLOCK));
  }
}
