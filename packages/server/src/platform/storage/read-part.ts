import { closeSync, openSync, readSync } from 'node:fs';
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
      if (bytesRead === 0) throw tooShort();
      read += bytesRead;
    }
    return buffer;
  } finally {
    closeBehind(handle);
  }
}

/** The same while everything else waits: for what the system has in its memory. */
export function readPartAtOnce(path: string, { start, end }: ByteRange): Buffer {
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
