import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { listProcesses } from './list-processes.ts';

test('a process is found by a variable that it was started with', async () => {
  const child = spawn('sleep', ['600'], { env: { ...process.env, MARK_OF_A_TEST: 'here it is' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect
    .poll(async () => (await listProcesses(['MARK_OF_A_TEST'])).filter(({ pid }) => pid === child.pid))
    .toMatchObject([{ parent: process.pid, marks: { MARK_OF_A_TEST: 'here it is' } }]);
});

/** A program of its own: nothing could be opened here any more. */
const WITHOUT_DESCRIPTORS = `
  import { openSync } from 'node:fs';
  import { listProcesses } from ${JSON.stringify(new URL('./list-processes.ts', import.meta.url).href)};
  const look = () => listProcesses([]).then(({ length }) => length > 0, ({ code }) => code);
  const before = await look();
  try { for (;;) openSync('/dev/null'); } catch {}
  console.log(before, await look());`;

test('a look without descriptors fails, and sees not nothing', async () => {
  const command = [process.execPath, '--conditions=aqueduct-source', '--input-type=module', '-e'];
  const { stdout } = await promisify(execFile)('sh', [
    ...['-c', 'ulimit -n 100; exec "$@"', 'sh', ...command, WITHOUT_DESCRIPTORS],
  ]);
  expect(stdout).toBe('true EMFILE\n');
});
