import { existsSync } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leftOut } from '../../testing/left-out.ts';
import { temporaryFolder } from '../../testing/test-database.ts';
import { loadConfig } from '../config/load-config.ts';
import { LocalStorage } from './local-storage.ts';
import { STAGING_FOLDER } from './readable-links.ts';
import { folderOnOtherDisk, hasOtherDisk } from './testing/other-disk.ts';

test('only copies count as staged, and nothing of a data folder within the folder of experiments', async () => {
  const cwd = await temporaryFolder();
  const { config } = loadConfig({ env: { AQUEDUCT_EXPERIMENTS_DIR: 'experiments' }, cwd });
  const staging = join(config.experimentsDir, STAGING_FOLDER);
  for (const folder of [config.dataDir, staging]) await mkdir(folder, { recursive: true });
  await writeFile(join(config.dataDir, 'aqueduct.db'), 'the record');
  const copy = join(staging, '0123456789abcdef0123456789abcdef');
  await writeFile(copy, 'half a copy');
  await writeFile(join(staging, 'data.csv'), 'by hand');

  const storage = await LocalStorage.open(config.dataDir, 0);
  expect(await Array.fromAsync(storage.leftCopies(config.experimentsDir, Date.now() + 60_000))).toEqual([
    copy,
  ]);
});

test('a copy that this process is making is not left over, nor is a name made in a folder that is not there', async () => {
  const { storage, put } = await withObjects();
  const experimentsDir = join(await temporaryFolder(), 'experiments');
  const path = join(experimentsDir, 'E', 'data.csv');
  const key = await put('one');
  await expect(storage.readable.add(key, path)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(existsSync(experimentsDir)).toBe(false);
  const staging = join(experimentsDir, STAGING_FOLDER);
  await mkdir(staging, { recursive: true });
  const own = basename(storage.newKey()).slice(0, 12);
  for (const name of [`${own}-1`, 'fedcba987654-1']) await writeFile(join(staging, name), 'half');
  const left = await Array.fromAsync(storage.leftCopies(experimentsDir, Date.now() + 60_000));
  expect(left).toEqual([join(staging, 'fedcba987654-1')]);
});

test.skipIf(leftOut(process.getuid?.() !== 0, 'a name out of sight', 'only root can become another user'))(
  'a name that is out of sight does not count as gone',
  async () => {
    const { storage, put, pathOf } = await withObjects();
    const experimentsDir = await temporaryFolder();
    const path = join(experimentsDir, 'E', 'data.csv');
    const key = await put('one');
    await storage.readable.add(key, path);
    for (const folder of [experimentsDir, join(pathOf(key), '../../..')]) await chmod(folder, 0o755);
    await chmod(dirname(path), 0);
    process.seteuid?.(65_534);
    const removal = storage.readable.remove(path, [key]).finally(() => process.seteuid?.(0));
    await expect(removal).rejects.toMatchObject({ code: 'EACCES' });
    await storage.readable.remove(path, [key]);
    expect(existsSync(path)).toBe(false);
  },
);

test('no copies are looked for behind a link that leads elsewhere', async () => {
  const { storage } = await withObjects();
  const [experimentsDir, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  // As objects of an earlier start are named, too.
  await writeFile(join(elsewhere, 'fedcba9876543210fedcba9876543210'), 'an object');
  await symlink(elsewhere, join(experimentsDir, STAGING_FOLDER));
  expect(await Array.fromAsync(storage.leftCopies(experimentsDir, Date.now() + 60_000))).toEqual([]);
});

describe('a link in place of a folder of an experiment', () => {
  test('leads to nothing that is written or taken away', async () => {
    const { storage, put, pathOf } = await withObjects();
    const { readable } = storage;
    const [one, two] = [await put('one'), await put('two')];
    const [experimentsDir, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const folder = join(experimentsDir, 'E');
    await symlink(elsewhere, folder);
    await expect(readable.add(one, join(folder, 'new.csv'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining(`${folder} is no folder`),
    });
    await link(pathOf(one), join(elsewhere, 'data.csv'));
    const path = join(folder, 'data.csv');
    expect(await readable.replace(two, path, [one])).toBe(false);
    await readable.remove(path, [one]);
    await readable.settle(folder);
    expect(await readdir(elsewhere)).toEqual(['data.csv']);
    expect(await readFile(path, 'utf8')).toBe('one');

    await rm(folder);
    expect(await readable.add(one, path)).toBe(true);
  });

  test('is left where it leads nowhere, and so is a file', async () => {
    const { storage, put } = await withObjects();
    const { readable } = storage;
    const key = await put('one');
    const experimentsDir = await temporaryFolder();
    const nowhere = join(experimentsDir, 'nowhere');
    await symlink(nowhere, join(experimentsDir, 'E'));
    await writeFile(join(experimentsDir, 'F'), '');
    for (const name of ['E', 'F']) {
      const path = join(experimentsDir, name, 'data.csv');
      await expect(readable.add(key, path)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await readable.remove(path, [key]);
      await readable.settle(dirname(path));
    }
    expect((await readdir(experimentsDir)).toSorted()).toEqual(['E', 'F']);
  });
});

describe('names that are links', () => {
  test('show their object, and give way to a newer one', async () => {
    const { storage, put } = await withObjects();
    const path = join(await temporaryFolder(), 'E', 'data.csv');
    const { readable } = storage;
    const [one, two] = [await put('one'), await put('two')];
    expect(await readable.add(one, path)).toBe(true);
    expect(readable.copies).toBe(false);
    expect([await readable.shows(path, one), await readable.shows(path, two)]).toEqual(['link', undefined]);
    expect(await readable.add(two, path)).toBe(false);
    expect(await readable.replace(two, path, [])).toBe(false);
    expect(await readable.replace(two, path, [one])).toBe(true);
    expect(await readFile(path, 'utf8')).toBe('two');
    await readable.remove(path, [one]);
    expect(await readable.shows(path, two)).toBe('link');
    await readable.remove(path, [one, two]);
    expect(await readable.shows(path, two)).toBeUndefined();
  });
});

describe.runIf(hasOtherDisk())('names that are copies', () => {
  test('are not made behind a link in place of the folder of copies', async () => {
    const { storage, put } = await withObjects();
    const key = await put('one');
    const [experimentsDir, elsewhere] = [await folderOnOtherDisk(), await folderOnOtherDisk()];
    await symlink(elsewhere, join(experimentsDir, STAGING_FOLDER));
    const path = join(experimentsDir, 'E', 'data.csv');
    await expect(storage.readable.add(key, path)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await readdir(elsewhere)).toEqual([]);
    expect(await readdir(join(experimentsDir, 'E'))).toEqual([]);
  });

  test('tell versions of one size and second apart', async () => {
    const { storage, put } = await withObjects();
    const { readable } = storage;
    const path = join(await folderOnOtherDisk(), 'E', 'data.csv');
    const [one, two] = [await put('one'), await put('two')];
    expect(await readable.add(one, path)).toBe(true);
    expect(readable.copies).toBe(true);
    expect([await readable.shows(path, one), await readable.shows(path, two)]).toEqual(['copy', undefined]);
    expect(await readable.replace(two, path, [one])).toBe(true);
    expect(await readFile(path, 'utf8')).toBe('two');
    await readable.remove(path, [two]);
    expect(await readable.shows(path, two)).toBeUndefined();
  });

  test.each([0, 0.25, 0.123])(
    'do not go where somebody has put a file of the same size there, with its second and %f',
    async (fraction) => {
      const { storage, put, pathOf } = await withObjects();
      const { readable } = storage;
      const path = join(await folderOnOtherDisk(), 'data.csv');
      const [one, two] = [await put('one'), await put('two')];
      await writeFile(path, 'own');
      const second = Math.floor((await stat(pathOf(one))).mtimeMs / 1000);
      await utimes(path, second + fraction, second + fraction);
      expect(await readable.shows(path, one)).toBeUndefined();
      expect(await readable.replace(two, path, [one])).toBe(false);
      await readable.remove(path, [one, two]);
      expect(await readFile(path, 'utf8')).toBe('own');
    },
  );

  test('leave alone what somebody puts there while they are made', async () => {
    const { storage, put } = await withObjects();
    const experimentsDir = await folderOnOtherDisk();
    const path = join(experimentsDir, 'E', 'data.csv');
    const [one, two] = [await put('one'), await put('x'.repeat(64 * 1024 * 1024))];
    await storage.readable.add(one, path);
    await writeFile(`${path}.new`, 'own');
    const replaced = storage.readable.replace(two, path, [one]);
    const staging = join(experimentsDir, STAGING_FOLDER);
    while ((await readdir(staging)).length === 0);
    await rename(`${path}.new`, path);
    await replaced;
    expect(await readFile(path, 'utf8')).toBe('own');
    expect(await readdir(staging)).toEqual([]);
  });
});

/** A storage whose objects all have the time of one second. */
async function withObjects() {
  const folder = await temporaryFolder();
  const storage = await LocalStorage.open(folder, 0);
  const pathOf = (key: string) => join(folder, 'objects', key);
  const put = async (text: string) => {
    const { key } = await storage.put(bytesOf(text));
    await utimes(pathOf(key), 1_764_000_000.7, 1_764_000_000.7);
    return key;
  };
  return { storage, put, pathOf };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
