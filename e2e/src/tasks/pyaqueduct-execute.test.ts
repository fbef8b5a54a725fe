import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { databases, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { howOften } from '../faults/how-often.ts';
import { pythonWith } from '../python-environment.ts';
import { startServer } from '../start-server.ts';

const DRIVER = fileURLToPath(new URL('./pyaqueduct_execute.py', import.meta.url));
const EXTENSION = fileURLToPath(new URL('../../wire/extensions/wire-types', import.meta.url));
/** Runs of `true`, and of a script of 5 s. */
const SHORT = howOften(30, 100);
const LONG = howOften(1, 100);
const execute = promisify(execFile);

const python = await pythonWith({
  name: 'pyaqueduct-0.1.0',
  requirements: ['pyaqueduct==0.1.0'],
  modules: ['pyaqueduct'],
});

describe.each(databases)('execute of the real pyaqueduct, on %s', (database) => {
  test.skipIf(typeof python === 'string')(
    `${SHORT} times what ends at once, ${LONG} times what takes 5 s, with its timeout of 0.5 s`,
    { timeout: 60_000 + SHORT * 1000 + LONG * 8000 },
    async () => {
      const extensions = await temporaryFolder();
      await cp(EXTENSION, join(extensions, 'wire-types'), { recursive: true });
      const env = { AQUEDUCT_EXTENSIONS_DIR: extensions };
      const server = await startServer({ databaseUrl: await newDatabase(database), env });
      onTestFinished(async () => void (await server.stop()));
      const { path } = python as { path: string };
      const { stdout } = await execute(path, [DRIVER, server.url, String(SHORT), String(LONG)], {
        env: { PATH: process.env.PATH, TZ: 'UTC' },
      });
      expect(stdout).toBe('all fine\n');
    },
  );
});

if (typeof python === 'string') console.log(`execute of pyaqueduct 0.1.0 is not tested: ${python}`);
