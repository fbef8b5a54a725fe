import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, test, vi } from 'vitest';

test('an interrupted first start leaves no npm at work, which the next one would meet', async () => {
  const root = await temporaryFolder();
  await mkdir(join(root, 'scripts'));
  await copyFile('scripts/prepare.cjs', join(root, 'scripts', 'prepare.cjs'));
  await writeFile(join(root, 'package-lock.json'), '{}');
  const npm = ['#!/bin/sh', 'trap "" INT', 'touch begun', 'sleep 1', 'touch went-on'];
  await writeFile(join(root, 'npm'), npm.join('\n'), { mode: 0o755 });

  const env = { ...process.env, PATH: `${root}:${process.env.PATH}` };
  const start = spawn(process.execPath, ['scripts/prepare.cjs'], { cwd: root, env, stdio: 'ignore' });
  await vi.waitUntil(() => existsSync(join(root, 'begun')), 10_000);
  start.kill('SIGINT');
  expect(await once(start, 'exit')).toEqual([130, null]);
  await sleep(1500);
  expect(existsSync(join(root, 'went-on'))).toBe(false);
});

test.each(['node_modules', 'packages/cli/dist'])(
  'a user who may not write %s reads who has to install and build',
  async (place) => {
    const root = await readableClone(place, await temporaryFolder());
    const child = spawn(process.execPath, [join(root, 'scripts/prepare.cjs')], AS_NOBODY);
    const [printed, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(printed.trim()).toBe(
      `Aqueduct has to be installed and built first, which this user can't in ${join(root, place)} (EACCES). ` +
        `Let the user to whom the clone belongs run "node scripts/prepare.cjs" in ${root}.`,
    );
    expect(status).toBe(1);
  },
);

test('a clone whose path the build can not bear says so', async () => {
  const root = await readableClone('packages/cli/dist', join(await temporaryFolder(), 'C# lab'));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/prepare.cjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr.trim()).toBe(
    `Aqueduct can't be built in ${root}: move the clone to a path without "#" and "?".`,
  );
  expect(status).toBe(1);
});

test('a command that is not built yet says how it will be', async () => {
  const bin = join(await temporaryFolder(), 'packages', 'cli', 'bin');
  await mkdir(bin, { recursive: true });
  await copyFile('packages/cli/bin/aqueduct.js', join(bin, 'aqueduct.mjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(bin, 'aqueduct.mjs')], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Aqueduct is not built yet\. Run "node scripts\/prepare\.cjs" in .*\.\n$/);
});

/** Who may write nothing that is not theirs: root may everything. */
const AS_NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A clone in which all may write but in one place, installed where that place is another one. */
async function readableClone(place: string, root: string): Promise<string> {
  for (const name of ['docs', 'examples', 'extensions', 'packages', 'scripts', 'tsconfig.json']) {
    await cp(name, join(root, name), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)/.test(path),
    });
  }
  await writeFile(join(root, 'package-lock.json'), '{}');
  const modules = join(root, 'node_modules');
  await mkdir(modules);
  if (place !== 'node_modules') {
    await writeFile(join(modules, '.aqueduct-installed'), createHash('sha256').update('{}').digest('hex'));
  }
  await mkdir(join(root, 'packages', 'cli', 'dist'));
  execFileSync('chmod', ['-R', 'a+rwX', root]);
  await chmod(join(root, place), 0o555);
  return root;
}
