import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { MARKER, type Marker, readMarker, writeMarker } from './environment-marker.ts';

const execute = promisify(execFile);
const marker: Marker = { madeFor: 'x', interpreter: 'Python 3.11.7', packages: ['tiny==1.0'] };

test('an environment without a marker, or with half of one, is not whole', async () => {
  const folder = await temporaryFolder();
  expect(await readMarker(folder)).toBeUndefined();
  expect(await readMarker(join(folder, 'none'))).toBeUndefined();
  await writeFile(join(folder, MARKER), '{"madeFor":');
  expect(await readMarker(folder)).toBeUndefined();
  expect(await readMarker(join(folder, MARKER))).toBeUndefined();
  await writeMarker(folder, marker);
  expect(await readMarker(folder)).toEqual(marker);
});

test('a marker that can not be read now says nothing', async () => {
  const folder = await temporaryFolder();
  await symlink(MARKER, join(folder, MARKER));
  await expect(readMarker(folder)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

const hasStrace = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']).status === 0;
if (!hasStrace)
  console.log('That environments survive a power cut is not tested: strace does not work here.');

describe.skipIf(!hasStrace)('a marker', () => {
  test('comes when all else survives a power cut, and then does itself', async () => {
    const folder = await someEnvironment();
    const calls = await writeUnderStrace(folder);
    const renamed = calls.findIndex((call) => call.startsWith('rename'));
    const synced = calls.map((call) => /^fsync\(\d+<(.*)>/.exec(call)?.[1]);
    const files = ['', 'bin', 'bin/run', 'lib', 'lib/a', 'lib/a/a.py', 'lib/b.py', `${MARKER}.new`];
    expect(synced.slice(0, renamed).toSorted()).toEqual(files.map((name) => join(folder, name)).toSorted());
    expect(synced[renamed - 1]).toBe(join(folder, `${MARKER}.new`));
    expect(synced.slice(renamed + 1)).toEqual([folder]);
  });

  test('does not come where a file can not be made to', async () => {
    const folder = await someEnvironment();
    await expect(writeUnderStrace(folder, '--inject=fsync:error=EIO:when=2')).rejects.toThrow('EIO');
    expect(await readMarker(folder)).toBeUndefined();
  });
});

async function someEnvironment(): Promise<string> {
  const folder = join(await temporaryFolder(), 'environment');
  for (const name of ['bin', 'lib/a']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['bin/run', 'lib/a/a.py', 'lib/b.py']) await writeFile(join(folder, name), 'x');
  await symlink('/usr/bin/env', join(folder, 'bin/python'));
  await symlink('lib', join(folder, 'lib64'));
  return folder;
}

/** The calls that make bytes and names durable, in their order. */
async function writeUnderStrace(folder: string, ...options: readonly string[]): Promise<string[]> {
  const log = `${folder}.log`;
  const module = new URL('./environment-marker.ts', import.meta.url).href;
  const script = `import { writeMarker } from ${JSON.stringify(module)};
    await writeMarker(${JSON.stringify(folder)}, ${JSON.stringify(marker)});`;
  const strace = ['-f', '-y', '-qq', '-o', log, '--trace=fsync,fdatasync,/^rename', ...options];
  // One thread for files, so that calls are not interrupted in the log.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  await execute('strace', [...strace, process.execPath, '--input-type=module', '-e', script], { env });
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return lines.map((line) => line.replace(/^\d+ +/, ''));
}
