import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { closeBehind } from './close-behind.ts';
import type { ByteRange } from './storage.ts';

/** So many small parts, 64 MB at the most, the system keeps in its memory unless others need it. */
const MOST_WARM = 1000;
const SMALL = 64 * 1024;

/** Reads parts of files that never change; fails where a file ends before the part does. */
export class PartReader {
  /** Small parts that were written or read lately. */
  readonly #warm = new LRUCache<string, true>({ max: MOST_WARM });

  async read(path: string, range: ByteRange): Promise<Buffer> {
    // A disk must not stop the server; where there is no need to wait for it, the threads for files only take time.
    if (this.#warm.get(nameOf(path, range))) return readPartAtOnce(path, range);
    const bytes = await readPart(path, range);
    this.note(path, range);
    return bytes;
  }

  /** Notes what the system surely has in its memory. */
  note(path: string, range: ByteRange): void {
    if (range.end - range.start < SMALL) this.#warm.set(nameOf(path, range), true);
  }
}

function nameOf(path: string, { start, end }: ByteRange): string {
  return `${path} ${start}-${end}`;
}

async function readPart(path: string, { start, end }: ByteRange): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(end - start + 1);
    for (let read = 0; read < buffer.length; ) {
      const { bytesRead } = await handle.read(buffer, read, buffer.length - read, start + read);
      if (bytesRead === 0) throw tooShort();
      read += bytesRead;
    }
    return buffer;
  } finally {
    closeBehind(handle);
  }
}

/** The same while everything else waits. */
function readPartAtOnce(path: string, { start, end }: ByteRange): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(end - start + 1);
    for (let read = 0; read < buffer.length; ) {
      const bytesRead = readSync(file, buffer, read, buffer.length - read, start + read);
      if (bytesRead === 0) throw tooShort();
      read += bytesRead;
    }
    return buffer;
  } finally {
    closeSync(file);
  }
}

function tooShort(): Error {
  return new Error('an object is shorter than its record says');
}
