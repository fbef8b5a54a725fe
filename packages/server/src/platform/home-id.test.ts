import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/test-database.ts';
import { homeId } from './home-id.ts';

test('a data folder keeps its id', async () => {
  const folder = await temporaryFolder();
  const id = await homeId(folder);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await homeId(folder)).toBe(id);
  expect(await homeId(await temporaryFolder())).not.toBe(id);
});

test.each([
  ['nothing', ''],
  ['an empty line', '\n'],
  ['zeros', '\0'.repeat(37)],
  ['its beginning', '2f1c'],
])('an id of which a power cut left %s is replaced', async (_, left) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'server.id');
  await writeFile(path, left);
  const id = await homeId(folder);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await readFile(path, 'utf8')).toBe(`${id}\n`);
});

test('an id that can not be read now is left as it is', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'server.id');
  const id = await homeId(folder);
  // More than can be read at once: it fails for everybody, and writing would not.
  const tooLarge = 3 * 2 ** 30;
  await truncate(path, tooLarge);
  await expect(homeId(folder)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect((await stat(path)).size).toBe(tooLarge);
  await truncate(path, id.length);
  expect(await homeId(folder)).toBe(id);
});
