import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { findPythons } from './find-pythons.ts';

test('a Python built between two releases is one, and what tells no version is none', async () => {
  const folder = await temporaryFolder();
  const versions = {
    'python3.15': '3.15.0a2+',
    'python3.13': '3.13.1+',
    'python3.12': '3.12.8',
    'python3.11': 'of the lab',
    'python3.10': '',
    python: '2.7.18+',
  };
  for (const [name, version] of Object.entries(versions)) {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho '["${path}", "${version}"]'\n`);
    await chmod(path, 0o755);
  }
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await findPythons(false)).toEqual([
    { path: join(folder, 'python3.15'), version: '3.15.0a2' },
    { path: join(folder, 'python3.13'), version: '3.13.1' },
    { path: join(folder, 'python3.12'), version: '3.12.8' },
  ]);
});
