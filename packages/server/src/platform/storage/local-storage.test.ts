import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { LocalStorage } from './local-storage.ts';

const SMALL = 64 * 1024;

/** Everything below a folder that is a file. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function* inChunks(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  // A storage may free the memory of what it is given.
  for (let at = 0; at < bytes.length; at += length) yield Uint8Array.from(bytes.subarray(at, at + length));
}

test.each([0, 1, SMALL - 1, SMALL, SMALL + 1, 5 * SMALL])(
  '%i bytes come back as they went in, with size and SHA-256',
  async (size) => {
    const bytes = randomBytes(size);
    const storage = await LocalStorage.open(await temporaryFolder(), 0);
    for (const length of [1000, SMALL, 2 * SMALL]) {
      const { key, ...stored } = await storage.put(inChunks(bytes, length));
      expect(stored).toEqual({ size, sha256: createHash('sha256').update(bytes).digest('hex') });
      if (size > 0) expect(await buffer(await storage.open(key))).toEqual(bytes);
      expect(await storage.sizeOf(key)).toBe(size);
    }
  },
);

test.each([10, SMALL, 3 * SMALL])('a source that breaks after %i bytes leaves nothing', async (size) => {
  const folder = await temporaryFolder();
  const storage = await LocalStorage.open(folder, 0);
  const breaking = async function* () {
    yield* inChunks(randomBytes(size), 1000);
    throw new AqueductError('BAD_INPUT', 'The client has gone.');
  };
  await expect(storage.put(breaking())).rejects.toThrow('The client has gone.');
  expect(await filesIn(folder)).toEqual([]);
});

test.each([10, SMALL, 3 * SMALL])(
  'more than %i bytes are refused where no more are taken',
  async (maxBytes) => {
    const folder = await temporaryFolder();
    const storage = await LocalStorage.open(folder, 0);
    await expect(storage.put(inChunks(randomBytes(maxBytes + 1), 1000), { maxBytes })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
    expect(await filesIn(folder)).toEqual([]);
    await storage.put(inChunks(randomBytes(maxBytes), 1000), { maxBytes });
    expect(await filesIn(folder)).toHaveLength(1);
  },
);
