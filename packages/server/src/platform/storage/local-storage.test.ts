import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { LocalStorage } from './local-storage.ts';
import { folderOnOtherDisk, hasOtherDisk } from './testing/other-disk.ts';

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
      expect(stored).toEqual({
        size,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        begunAt: expect.any(Number),
      });
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

describe('a disk of its own that goes away', () => {
  const put = (storage: LocalStorage, size: number) => storage.put(inChunks(randomBytes(size), 1000));

  test.each([
    ['objects', 10],
    ['objects', 3 * SMALL],
    ['objects/.incoming', 3 * SMALL],
  ])('with %s: nothing is stored, %i bytes neither, until it is back', async (name, size) => {
    const folder = await temporaryFolder();
    const storage = await LocalStorage.open(folder, 0);
    await storage.check();
    await rename(join(folder, name), join(folder, 'away'));
    await expect(storage.check()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(put(storage, size)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
    expect(await readdir(folder)).not.toContain(name);
    await rename(join(folder, 'away'), join(folder, name));
    await storage.check();
    await put(storage, size);
    expect(await filesIn(folder)).toHaveLength(1);
  });

  test('leaves an empty folder: nothing is stored beneath it, and what is to go there stays', async () => {
    const folder = await temporaryFolder();
    const storage = await LocalStorage.open(folder, 0);
    const { key } = await put(storage, 10);
    await rename(join(folder, 'objects'), join(folder, 'away'));
    await mkdir(join(folder, 'objects'));
    await expect(storage.check()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    for (const size of [10, 10, 3 * SMALL])
      await expect(put(storage, size)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(storage.remove(key)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await readdir(join(folder, 'objects'))).toEqual([]);
    await rm(join(folder, 'objects'), { recursive: true });
    await rename(join(folder, 'away'), join(folder, 'objects'));
    await put(storage, 10);
    await storage.remove(key);
    await storage.remove(key);
    expect(await filesIn(folder)).toHaveLength(1);
  });

  test('comes back without the folder of a day', async () => {
    const folder = await temporaryFolder();
    const storage = await LocalStorage.open(folder, 0);
    const { key } = await put(storage, 10);
    await rm(join(folder, 'objects', key.slice(0, 8)), { recursive: true });
    await expect(put(storage, 10)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await put(storage, 10);
    expect(await filesIn(folder)).toHaveLength(1);
  });
});

describe.runIf(hasOtherDisk())('objects on a disk of their own', () => {
  test('are stored there, whatever their size, also those that come in pieces', async () => {
    const folder = await temporaryFolder();
    await symlink(await folderOnOtherDisk(), join(folder, 'objects'));
    const storage = await LocalStorage.open(folder, 0);
    const bytes = randomBytes(3 * SMALL);
    const { key } = await storage.put(inChunks(bytes, SMALL));
    expect(await buffer(await storage.open(key))).toEqual(bytes);

    const id = 'a'.repeat(32);
    await storage.parts.begin(id, bytes.length);
    const options = { maxBytes: bytes.length, onDurable: async () => undefined };
    await storage.parts.append(id, 0, inChunks(bytes, SMALL), options);
    await storage.parts.keep(id, storage.newKey());
    expect(await storage.sizeOf(key)).toBe(bytes.length);
  });
});

test.each(hasOtherDisk() ? ['one disk', 'another disk'] : ['one disk'])(
  'what an earlier version kept beside the objects lies among them, on %s',
  async (disk) => {
    const folder = await temporaryFolder();
    if (disk === 'another disk') await symlink(await folderOnOtherDisk(), join(folder, 'objects'));
    const id = 'a'.repeat(32);
    for (const name of ['parts', 'incoming']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'parts', id), 'half of it');
    await writeFile(join(folder, 'incoming', '0123456789ab-1'), 'half-written');
    await writeFile(join(folder, 'incoming', 'notes.txt'), 'by hand');
    const storage = await LocalStorage.open(folder, 0);
    expect(await storage.parts.sizeOf(id)).toBe(10);
    expect(await readFile(join(folder, 'incoming', 'notes.txt'), 'utf8')).toBe('by hand');
    expect((await readdir(folder)).toSorted()).toEqual(['incoming', 'objects']);
    expect(await readdir(join(folder, 'incoming'))).toEqual(['notes.txt']);
    expect(await Array.fromAsync(storage.strangers())).toEqual([]);
  },
);
