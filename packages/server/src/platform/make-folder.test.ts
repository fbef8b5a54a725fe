import { existsSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leftOut } from '../testing/left-out.ts';
import { temporaryFolder } from '../testing/test-database.ts';
import { makeFolder } from './make-folder.ts';

test('a folder is made with those above it, also by several at once and where it is there', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, '..', 'd'))]);
  await makeFolder(folder);
  expect([existsSync(folder), existsSync(join(folder, '..', 'd'))]).toEqual([true, true]);
});

test('what can be none says why', async () => {
  const above = await temporaryFolder();
  await writeFile(join(above, 'file'), '');
  await symlink(join(above, 'nowhere'), join(above, 'link'));
  await expect(makeFolder(join(above, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(above, 'file', 'x'))).rejects.toThrow('ENOTDIR');
  await expect(makeFolder(join(above, 'link'))).rejects.toThrow('EEXIST');
});

test.skipIf(leftOut(!existsSync('/proc/self'), 'folders below /proc', 'there is no /proc'))(
  'below /proc there can be none, which is said at once',
  async () => {
    await expect(makeFolder('/proc/x/y')).rejects.toThrow('ENOENT');
  },
);
