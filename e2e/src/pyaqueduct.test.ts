import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from './start-server.ts';

const VERSION = '0.1.0';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const DRIVER = fileURLToPath(new URL('./pyaqueduct_drive.py', import.meta.url));
const execute = promisify(execFile);

const python = await pythonWithClient();

describe.each(databases)('the real pyaqueduct, on %s', (database) => {
  test.skipIf(typeof python === 'string')(
    `every method with its timeout of 0.5 s`,
    { timeout: 120_000 },
    async () => {
      const server = await startServer({ databaseUrl: await newDatabase(database) });
      onTestFinished(async () => void (await server.stop()));
      const { path } = python as { path: string };
      const { stdout } = await execute(path, [DRIVER, server.url], {
        env: { PATH: process.env.PATH, TZ: 'UTC' },
      });
      expect(stdout).toBe('all fine\n');
    },
  );
});

if (typeof python === 'string') console.log(`pyaqueduct ${VERSION} is not tested: ${python}`);

/** A Python with the client in it, or in words why there is none. */
async function pythonWithClient(): Promise<{ path: string } | string> {
  const folder = join(CACHE, `pyaqueduct-${VERSION}`);
  const path = join(folder, 'bin', 'python');
  const isWhole = () =>
    execute(path, ['-c', 'import pyaqueduct']).then(
      () => true,
      () => false,
    );
  if (existsSync(path) && (await isWhole())) return { path };

  const base = await suitablePython();
  if (base === undefined) return 'no Python from 3.8 to 3.11 is on the path, which it needs.';
  await rm(folder, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  try {
    await execute(base, ['-m', 'venv', folder]);
    await execute(
      path,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pyaqueduct==${VERSION}`],
      { timeout: 120_000 },
    );
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return `it could not be installed (${String(error).split('\n')[0]}).`;
  }
  return { path };
}

async function suitablePython(): Promise<string | undefined> {
  for (const name of ['python3.11', 'python3.10', 'python3.9', 'python3.8', 'python3']) {
    const version = await execute(name, [
      '-c',
      'import sys; print(sys.version_info[1] in range(8, 12))',
    ]).catch(() => undefined);
    if (version?.stdout.trim() === 'True') return name;
  }
  return undefined;
}
