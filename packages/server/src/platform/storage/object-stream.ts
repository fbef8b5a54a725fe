import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange } from './storage.ts';

/** Larger reads made more garbage and were not faster. */
const READ_AT_ONCE = 128 * 1024;

/** Reads a part of an open file and closes it in the end; fails where the file ends before the part does. */
export class ObjectStream extends Readable {
  readonly #handle: FileHandle;
  readonly #end: number;
  #position: number;

  constructor(handle: FileHandle, { start, end }: ByteRange) {
    super({ highWaterMark: READ_AT_ONCE });
    this.#handle = handle;
    this.#position = start;
    this.#end = end + 1;
  }

  override _read(): void {
    const length = Math.min(READ_AT_ONCE, this.#end - this.#position);
    if (length <= 0) {
      this.push(null);
      return;
    }
    // A small file needs no more memory than it has bytes.
    const buffer = Buffer.allocUnsafeSlow(length);
    this.#handle.read(buffer, 0, length, this.#position).then(
      ({ bytesRead }) => {
        this.#position += bytesRead;
        if (bytesRead === 0) this.destroy(new Error('an object is shorter than its record says'));
        else this.push(bytesRead === length ? buffer : buffer.subarray(0, bytesRead));
      },
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#handle.close().then(
      () => done(error),
      (closing: unknown) => done(error ?? (closing instanceof Error ? closing : null)),
    );
  }
}
