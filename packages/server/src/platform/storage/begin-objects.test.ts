import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { LocalStorage } from './local-storage.ts';

const put = (storage: LocalStorage) => storage.put(Readable.from([Buffer.from('bytes')]));

describe('a start without the disk of the objects', () => {
  test('stores nothing beneath its mount point, and goes on when it is back', async () => {
    const dataDir = await usedDataFolder();
    const objects = join(dataDir, 'objects');
    await rename(objects, join(dataDir, 'away'));
    await mkdir(objects);
    for (const hasFiles of [true, false]) {
      const storage = await LocalStorage.open(dataDir, 0, hasFiles);
      expect(await storage.whyNotThere()).toContain('Mount it,');
      await expect(put(storage)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
      await expect(storage.parts.begin('a'.repeat(32), 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(storage.check()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
    const storage = await LocalStorage.open(dataDir, 0, true);
    await rm(objects, { recursive: true });
    await rename(join(dataDir, 'away'), objects);
    expect(await storage.whyNotThere()).toBeUndefined();
    await put(storage);
  });

  test('goes on with an empty disk in its place once that is said', async () => {
    const dataDir = await usedDataFolder();
    await rm(join(dataDir, 'objects'), { recursive: true });
    for (const name of ['.incoming', '.parts'])
      await mkdir(join(dataDir, 'objects', name), { recursive: true });
    await put(await LocalStorage.open(dataDir, 0, true));
  });

  test('stores nothing in a data folder that is new to a database with files, until it is said', async () => {
    const dataDir = await temporaryFolder();
    const storage = await LocalStorage.open(dataDir, 0, true);
    expect(await storage.whyNotThere()).toContain('not the one of the files in the database');
    await expect(put(storage)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(existsSync(join(dataDir, 'objects'))).toBe(false);
    for (const name of ['.incoming', '.parts'])
      await mkdir(join(dataDir, 'objects', name), { recursive: true });
    await put(storage);
  });

  test('where a link leads nowhere is refused in words, or waits', async () => {
    const dataDir = await temporaryFolder();
    await symlink(join(dataDir, 'nowhere/objects'), join(dataDir, 'objects'));
    await expect(LocalStorage.open(dataDir, 0)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining(`The folder of objects ${join(dataDir, 'objects')} can't be used`),
    });
    await writeFile(join(dataDir, 'databases'), 'one\n');
    await expect(put(await LocalStorage.open(dataDir, 0))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the first start of this version', () => {
  test.each([
    ['with objects, and nothing that comes in among them', 'objects/20260101', true],
    ['without objects, and what came in beside them', 'incoming', false],
  ])('in a data folder %s: goes on', async (_, folder, hasFiles) => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'databases'), 'one\n');
    await mkdir(join(dataDir, folder), { recursive: true });
    await put(await LocalStorage.open(dataDir, 0, hasFiles));
  });

  test('in one of the time before databases were named, with objects: goes on', async () => {
    const dataDir = await temporaryFolder();
    await mkdir(join(dataDir, 'objects/20260101'), { recursive: true });
    await put(await LocalStorage.open(dataDir, 0, true));
  });
});

/** One that had a server. */
async function usedDataFolder(): Promise<string> {
  const dataDir = await temporaryFolder();
  const storage = await LocalStorage.open(dataDir, 0);
  await storage.databases.add('one');
  await put(storage);
  return dataDir;
}
