import { open } from 'node:fs/promises';
import { closeBehind } from './close-behind.ts';
import type { ByteRange } from './storage.ts';

/** Reads a part of a file whole; fails where the file ends before the part does. */
export async function readPart(path: string, { start, end }: ByteRange): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(end - start + 1);
    for (let read = 0; read < buffer.length; ) {
      const { bytesRead } = await handle.read(buffer, read, buffer.length - read, start + read);
      if (bytesRead === 0) throw new Error('an object is shorter than its record says');
      read += bytesRead;
    }
    return buffer;
  } finally {
    closeBehind(handle);
  }
}
