import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { leftOut } from '../testing/left-out.ts';
import { temporaryFolder } from '../testing/test-database.ts';
import { hashExtension } from './hash-extension.ts';

test('every change of a name, a content or a mode changes the hash, and taking it back restores it', async () => {
  const folder = await temporaryFolder();
  await write(folder, 'manifest.yml', 'name: x');
  await write(folder, 'src/fit.py', 'print(1)');
  const first = await hashExtension(folder);
  expect(first).toMatch(/^[\da-f]{64}$/);
  expect(await hashExtension(folder)).toBe(first);

  const changes: [there: () => Promise<void>, back: () => Promise<void>][] = [
    [() => write(folder, 'src/fit.py', 'print(2)'), () => write(folder, 'src/fit.py', 'print(1)')],
    [() => write(folder, 'new', ''), () => rm(join(folder, 'new'))],
    [() => chmod(join(folder, 'manifest.yml'), 0o755), () => chmod(join(folder, 'manifest.yml'), 0o644)],
    [
      () => rename(join(folder, 'src', 'fit.py'), join(folder, 'src', 'fit2.py')),
      () => rename(join(folder, 'src', 'fit2.py'), join(folder, 'src', 'fit.py')),
    ],
    [() => symlink('src/fit.py', join(folder, 'link')), () => rm(join(folder, 'link'))],
  ];
  const seen = new Set([first]);
  for (const [there, back] of changes) {
    await there();
    seen.add(await hashExtension(folder));
    await back();
    expect(await hashExtension(folder)).toBe(first);
  }
  expect(seen.size).toBe(changes.length + 1);

  const copy = await temporaryFolder();
  await write(copy, 'src/fit.py', 'print(1)');
  await write(copy, 'manifest.yml', 'name: x');
  expect(await hashExtension(copy)).toBe(first);
});

test('environments, installed packages and caches do not count', async () => {
  const folder = await temporaryFolder();
  await write(folder, 'manifest.yml', 'name: x');
  const first = await hashExtension(folder);
  for (const path of [
    '.aqueduct-extension-venv-0123/bin/python',
    '.aqueduct-extension-venv.lock',
    'node_modules/x/index.js',
    'src/__pycache__/fit.pyc',
    '.git/HEAD',
    '.venv/x',
    '.pytest_cache/x',
    'quick.egg-info/x',
  ])
    await write(folder, path, 'x');
  expect(await hashExtension(folder)).toBe(first);
});

test('a change within the same size and time is seen, and giant files are not read', async () => {
  const folder = await temporaryFolder();
  await write(folder, 'a', 'one');
  await utimes(join(folder, 'a'), 1, 1);
  const first = await hashExtension(folder);
  await write(folder, 'a', 'two');
  await utimes(join(folder, 'a'), 1, 1);
  expect(await hashExtension(folder)).not.toBe(first);

  await write(folder, 'giant', '');
  await truncate(join(folder, 'giant'), 64 * 1024 ** 3);
  const giant = await hashExtension(folder);
  await utimes(join(folder, 'giant'), 2, 2);
  expect(await hashExtension(folder)).not.toBe(giant);
});

test('a folder that is not there, or holds what can not be read, has a hash too', async () => {
  const folder = await temporaryFolder();
  expect(await hashExtension(join(folder, 'absent'))).toMatch(/^[\da-f]{64}$/);
  await symlink('/nowhere', join(folder, 'dangling'));
  expect(await hashExtension(folder)).toMatch(/^[\da-f]{64}$/);
});

test('named pipes, sockets and devices are not looked into', async () => {
  const folder = await temporaryFolder();
  await write(folder, 'manifest.yml', 'name: x');
  const first = await hashExtension(folder);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  await once(server, 'listening');
  expect(await hashExtension(folder)).toBe(first);
  server.close();
  await symlink('pipe', join(folder, 'link'));
  await symlink('/dev/zero', join(folder, 'zero'));
  expect(await hashExtension(folder)).not.toBe(first);
});

test.skipIf(
  leftOut(process.getuid?.() !== 0, 'a file that can be read later', 'only root can become another user'),
)('what can not be read for a while is read when it can be', async () => {
  const folder = await temporaryFolder();
  await write(folder, 'fit.py', 'print(1)');
  await chmod(join(folder, 'fit.py'), 0o600);
  await chmod(folder, 0o755);
  const copy = await temporaryFolder();
  await write(copy, 'fit.py', 'print(1)');
  // The state of a young file is not kept.
  await sleep(200);
  process.seteuid?.(65_534);
  const unread = await hashExtension(folder).finally(() => process.seteuid?.(0));
  const read = await hashExtension(folder);
  expect(read).not.toBe(unread);
  expect(read).toBe(await hashExtension(copy));
});

test('an unchanged extension costs a few milliseconds', async () => {
  const folder = await temporaryFolder();
  await Promise.all(
    Array.from({ length: 100 }, (_, i) => write(folder, `d${i % 10}/f${i}`, 'x'.repeat(10_000))),
  );
  await hashExtension(folder);
  const times: number[] = [];
  for (let i = 0; i < 15; i += 1) {
    const start = performance.now();
    await hashExtension(folder);
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[7] ?? 0;
  console.log(`the hash of 100 unchanged files: ${median.toFixed(1)} ms`);
  expect(median).toBeLessThan(100);
});

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}
