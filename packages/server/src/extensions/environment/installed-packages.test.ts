import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { allPythons } from '../testing/python-packages.ts';
import { installedPackages } from './installed-packages.ts';

const [python] = await allPythons();

test.skipIf(!python)('packages that print as Python starts are no harm', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  await promisify(execFile)(python?.path ?? '', ['-m', 'venv', folder]);
  const [version = ''] = await readdir(join(folder, 'lib'));
  await writeFile(
    join(folder, 'lib', version, 'site-packages', 'greeting.pth'),
    'import sys; print("Hello")\n',
  );
  expect(await installedPackages(folder)).toContainEqual(expect.objectContaining({ name: 'pip' }));
});
