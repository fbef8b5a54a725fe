import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { FreeSpace } from './free-space.ts';
import { folderOnOtherDisk, hasOtherDisk } from './testing/other-disk.ts';

const MIB = 1024 * 1024;

test('what comes in at once is held once each, and given back', async () => {
  const folder = await temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const half = Math.floor((bavail * bsize) / 2);
  const space = new FreeSpace(folder, Math.floor(half / 10));
  const first = await space.hold(half);
  await expect(space.hold(half)).rejects.toMatchObject({ code: 'DISK_FULL' });
  await space.require();
  await first.renew(Math.floor(half / 4));
  const second = await space.hold(half);
  await expect(first.renew(half)).rejects.toMatchObject({ code: 'DISK_FULL' });
  first.end();
  second.end();
  first.end();
  (await space.hold(half)).end();
});

test('what begins in the same moment does not find the same room', async () => {
  const folder = await temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const half = Math.floor((bavail * bsize) / 2);
  const space = new FreeSpace(folder, Math.floor(half / 10));
  await space.require();
  const asked = await Promise.allSettled([space.hold(half), space.hold(half), space.hold(half)]);
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
});

test.runIf(hasOtherDisk())('what has come in counts as soon as nothing is held for it', async () => {
  const folder = await folderOnOtherDisk();
  const { bavail, bsize } = await statfs(folder);
  const space = new FreeSpace(folder, bavail * bsize - 48 * MIB);
  const first = await space.hold(32 * MIB);
  await writeFile(join(folder, 'first'), Buffer.alloc(32 * MIB));
  first.end();
  await expect(space.hold(32 * MIB)).rejects.toMatchObject({ code: 'DISK_FULL' });
});

test('says how much is free and how much is kept', async () => {
  const folder = await temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const space = new FreeSpace(folder, bavail * bsize * 2);
  const kept = `${Math.floor((bavail * bsize * 2) / MIB)} MiB`;
  await expect(space.require()).rejects.toThrow(`${kept} are kept in reserve (AQUEDUCT_FREE_SPACE_RESERVE).`);
  expect(await space.whyShort()).toContain(`less than the ${kept} that are kept in reserve`);
  expect(await new FreeSpace(folder, 1).whyShort()).toBeUndefined();
});
