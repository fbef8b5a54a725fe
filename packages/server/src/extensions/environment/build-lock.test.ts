import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';

const execute = promisify(execFile);
const LOCK = '.aqueduct-extension-venv.lock';

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
});

test.each([
  ['a lock file that can only be read', { file: 0o444, folder: 0o755 }],
  ['a folder that can only be read', { file: undefined, folder: 0o555 }],
])('%s is refused in words: it would keep nobody out', async (_, modes) => {
  if (modes.file !== undefined) {
    await writeFile(join(folder, LOCK), '');
    await chmod(join(folder, LOCK), modes.file);
  }
  await chmod(folder, modes.folder);
  const { stdout } = await asNobody(`
    const tools = { signal: new AbortController().signal, print: console.log };
    await whileBuilding(${JSON.stringify(folder)}, tools, async () => console.log('built'))
      .catch(({ code, message }) => console.log(code, message));
  `);
  expect(stdout).toMatch(/^UNAVAILABLE The folder of the extension can not be written, .* into \S+\.lock/);
});

/** Runs a program that is not the administrator, who may write everywhere. */
async function asNobody(program: string) {
  const place = JSON.stringify(new URL('build-lock.ts', import.meta.url).href);
  const start = `
    const { whileBuilding } = await import(${place});
    if (process.getuid() === 0) process.setuid(65534);
  `;
  return execute(process.execPath, ['--input-type=module', '-e', start + program]);
}
