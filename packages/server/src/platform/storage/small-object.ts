import { closeSync, fdatasync, open, writeFile } from 'node:fs';
import { promisify } from 'node:util';
import { OBJECT_MODE } from './object-key.ts';

/** Bytes that are kept in memory until they are all there. */
const SMALL = 64 * 1024;

const openFile = promisify(open);
const writeInto = promisify(writeFile);
const datasync = promisify(fdatasync);

/** Gives all bytes of a source where they are few; else a source of the same bytes. */
export async function takeIfSmall(
  source: AsyncIterable<Uint8Array>,
): Promise<Buffer | AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= SMALL; ) {
    const next = await iterator.next();
    if (next.done) return Buffer.concat(chunks);
    chunks.push(next.value);
    size += next.value.length;
  }
  return resumed(chunks, iterator);
}

async function* resumed(
  taken: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/**
 * Writes a new file, read-only from then on. Not by a FileHandle: closing one takes another way through the threads for
 * files, which are what a small file costs.
 *
 * @param syncName - Makes the name durable, at the same time as the bytes.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  syncName: () => Promise<void>,
): Promise<void> {
  const file = await openFile(path, 'wx', OBJECT_MODE);
  await Promise.all([fill(file, bytes), syncName()]);
}

async function fill(file: number, bytes: Uint8Array): Promise<void> {
  try {
    await writeInto(file, bytes);
    await datasync(file);
  } finally {
    closeSync(file);
  }
}
