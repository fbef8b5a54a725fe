import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pythonWith } from './python-environment.ts';
import { startServer } from './start-server.ts';

const VERSION = '0.1.0';
const DRIVER = fileURLToPath(new URL('./pyaqueduct_drive.py', import.meta.url));
const execute = promisify(execFile);

const python = await pythonWith({
  name: `pyaqueduct-${VERSION}`,
  requirements: [`pyaqueduct==${VERSION}`],
  modules: ['pyaqueduct'],
});

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
