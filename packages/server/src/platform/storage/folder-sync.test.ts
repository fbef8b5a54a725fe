import { closeSync, existsSync, readdirSync, readlinkSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { leftOut } from '../../testing/left-out.ts';
import { temporaryFolder } from '../../testing/test-database.ts';
import { FolderSync } from './folder-sync.ts';

test('a sync that fails fails for all who share it, and for nobody else', async () => {
  const folders = new FolderSync(0);
  const missing = join(await temporaryFolder(), 'missing');
  const together = Array.from({ length: 3 }, () => folders.sync(missing));
  expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  await expect(folders.sync(missing)).rejects.toThrow('ENOENT');
  await folders.sync(await temporaryFolder());
});

// It ended the process: somebody else's promise failed with it.
test('a sync that fails after another one fails for its caller alone', async () => {
  const folders = new FolderSync(0);
  const folder = await temporaryFolder();
  const first = folders.sync(folder).then(() => rmdirSync(folder));
  const second = folders.sync(folder);
  await first;
  await expect(second).rejects.toThrow('ENOENT');
});

const DESCRIPTORS = '/proc/self/fd';

// It ended the process: nobody waits for the closing of a folder that is no more in use.
test.skipIf(
  leftOut(!existsSync(DESCRIPTORS), 'a folder that can not be closed', `there is no ${DESCRIPTORS}`),
)('a folder that can not be closed disturbs nobody', async () => {
  const folders = new FolderSync(20);
  const folder = await temporaryFolder();
  await folders.sync(folder);
  closeSync(descriptorOf(folder));
  await sleep(100);
  await folders.sync(folder);
});

function descriptorOf(path: string): number {
  const isIts = (name: string) => {
    try {
      return readlinkSync(join(DESCRIPTORS, name)) === path;
    } catch {
      return false;
    }
  };
  return Number(readdirSync(DESCRIPTORS).find(isIts));
}
