import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

test('a command that is not built yet says how it will be', async () => {
  const bin = join(await temporaryFolder(), 'packages', 'cli', 'bin');
  await mkdir(bin, { recursive: true });
  await copyFile('packages/cli/bin/aqueduct.js', join(bin, 'aqueduct.mjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(bin, 'aqueduct.mjs')], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Aqueduct is not built yet\. Run "node scripts\/prepare\.cjs" in .*\.\n$/);
});
