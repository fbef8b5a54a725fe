import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { allPythons } from '../testing/python-packages.ts';
import { installedPackages } from './installed-packages.ts';

const [python] = await allPythons();

test.skipIf(!python)(
  'packages that run code as Python starts may print, and see no secret',
  { timeout: 120_000 },
  async () => {
    const folder = await temporaryFolder();
    await promisify(execFile)(python?.path ?? '', ['-m', 'venv', folder]);
    const [version = ''] = await readdir(join(folder, 'lib'));
    const code =
      'import os, sys; print("Hello", flush=True); open(sys.prefix + "/seen", "w").write(str(os.environ))\n';
    await writeFile(join(folder, 'lib', version, 'site-packages', 'greeting.pth'), code);
    vi.stubEnv('DATABASE_URL', 'postgres://aqueduct:secret@localhost/aqueduct');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { signal } = new AbortController();
    expect(await installedPackages(folder, signal)).toContainEqual(expect.objectContaining({ name: 'pip' }));
    expect(await readFile(join(folder, 'seen'), 'utf8')).not.toContain('secret');
  },
);
