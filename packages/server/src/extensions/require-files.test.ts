import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/test-database.ts';
import { requireFiles } from './require-files.ts';
import { prepare } from './testing/prepare.ts';

const execute = promisify(execFile);

const kinds: readonly [kind: string, make: (path: string) => Promise<unknown>][] = [
  ['a named pipe', (path) => execute('mkfifo', [path])],
  ['a folder', (path) => mkdir(path)],
  ['a device', (path) => symlink('/dev/zero', path)],
  ['a socket', listenAt],
];

describe.each([
  ['requirements.txt', 'true'],
  ['pyproject.toml', 'true'],
  ['package.json', '$node -v'],
  ['package-lock.json', '$node -v'],
])('%s', (name, script) => {
  test.each(kinds)('that is %s is named, and not read', async (kind, make) => {
    const folder = await temporaryFolder();
    await make(join(folder, name));
    await expect(prepare(folder, script)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `${name} of this extension must be a file, but is ${kind}.`,
    });
  });
});

test('links to files are as good, and what is not there does not matter', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'packages'), '');
  await symlink('packages', join(folder, 'linked'));
  await symlink('nothing', join(folder, 'dangling'));
  requireFiles(folder, ['packages', 'linked', 'dangling', 'absent']);
});

async function listenAt(path: string): Promise<void> {
  const server = createServer().listen(path);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
}
