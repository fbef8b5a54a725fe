import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { runStep } from './run-step.ts';

const MIB = 1024 * 1024;

test('of a step that prints without end, the end is known, and how it ended', async () => {
  const folder = await temporaryFolder();
  const script = `head -c ${600 * MIB} /dev/zero | tr '\\0' x; echo; echo requires a different python; exit 3`;
  const { code, output } = await runStep(tools, folder, join(folder, 'step.log'), ['sh', '-c', script]);
  expect(code).toBe(3);
  expect(output.length).toBe(MIB);
  expect(output).toMatch(/x\nrequires a different python\n$/);
  expect(await readdir(folder)).toEqual([]);
});

/** As a task has them; nobody reads what is printed. */
const tools: BuildTools = {
  async run(command, args, cwd) {
    const [code] = (await once(spawn(command, args, { cwd, stdio: 'ignore' }), 'close')) as [number];
    return code;
  },
  print: () => undefined,
  signal: new AbortController().signal,
};
