import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange, ObjectBytes } from './storage.ts';

/** So much that the way through the threads for files costs little; whoever gives chunks back holds two. */
const READ_AT_ONCE = 256 * 1024;
/** The same in the beginning: a reader that stalls, as hundreds may at one time, has taken no more than the system holds. */
const READ_FIRST = 64 * 1024;
const IN_THE_BEGINNING = 4 * 1024 * 1024;

/** Reads a part of an open file and closes it in the end; fails where the file ends before the part does. */
export class ObjectStream extends Readable implements ObjectBytes {
  readonly #handle: FileHandle;
  readonly #end: number;
  readonly #growsAt: number;
  #position: number;
  #spare: Buffer | undefined;

  constructor(handle: FileHandle, { start, end }: ByteRange) {
    super({ highWaterMark: READ_FIRST });
    this.#handle = handle;
    this.#position = start;
    this.#growsAt = start + IN_THE_BEGINNING;
    this.#end = end + 1;
  }

  giveBack(chunk: Buffer): void {
    this.#spare = chunk;
  }

  override _read(): void {
    const most = this.#position < this.#growsAt ? READ_FIRST : READ_AT_ONCE;
    const length = Math.min(most, this.#end - this.#position);
    if (length <= 0) {
      this.push(null);
      return;
    }
    const buffer = this.#take(length);
    this.#handle.read(buffer, 0, length, this.#position).then(
      ({ bytesRead }) => {
        this.#position += bytesRead;
        if (bytesRead === 0) this.destroy(new Error('an object is shorter than its record says'));
        else this.push(bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead));
      },
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#spare = undefined;
    this.#handle.close().then(
      () => done(error),
      (closing: unknown) => done(error ?? (closing instanceof Error ? closing : null)),
    );
  }

  #take(length: number): Buffer {
    const spare = this.#spare;
    this.#spare = undefined;
    // A small file needs no more memory than it has bytes.
    return spare !== undefined && spare.length >= length ? spare : Buffer.allocUnsafeSlow(length);
  }
}
