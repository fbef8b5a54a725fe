import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { FOLDER_MARK, markFolder, marksIn, whyNotMarked } from './folder-mark.ts';
import { KnownDatabases } from './known-databases.ts';

test.each([
  ['without an end', 'one'],
  ['as Windows ends lines', 'other\r\none\r\n'],
  ['behind a byte order mark', '\ufeffone\r\n'],
])('a line that somebody wrote %s counts, and goes on counting', async (_, text) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, FOLDER_MARK), text);
  expect(await whyNotMarked(folder, new Set(['one']))).toBeUndefined();
  await markFolder(folder, 'two');
  expect(await marksIn(folder)).toEqual(
    new Set([...(text.startsWith('other') ? ['other'] : []), 'one', 'two']),
  );

  await writeFile(join(folder, 'databases'), text);
  const databases = new KnownDatabases(folder);
  expect(await databases.current()).toBe('one');
  await databases.add('two');
  expect(await databases.ids()).toContain('one');
  expect(await databases.current()).toBe('two');
});
