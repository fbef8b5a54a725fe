import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { Launcher } from './launcher.ts';
import { listProcesses } from './list-processes.ts';

const PATIENCE = { timeout: 20_000 };
const MARKER = 'LAUNCHER_TEST';

/** A launcher, and a program that leaves a trace as soon as it runs. */
async function open() {
  const launcher = new Launcher();
  onTestFinished(() => launcher.close());
  const cwd = await temporaryFolder();
  const mark = randomUUID();
  const env = { PATH: process.env.PATH ?? '', [MARKER]: mark };
  const args = ['-c', `touch ran; cat; echo "$0 $${MARKER}"; exit 7`];
  return {
    launcher,
    command: { file: 'sh', args, cwd, env },
    mark,
    hasRun: () => existsSync(join(cwd, 'ran')),
    processes: async () => (await listProcesses(MARKER)).filter((each) => each.mark === mark).length,
  };
}

test('a held program does nothing until it is released, then what it would have done', async () => {
  const { launcher, command, mark, hasRun, processes } = await open();
  const held = launcher.hold(command);
  await expect.poll(processes, PATIENCE).toBe(1);
  expect(hasRun()).toBe(false);
  let printed = '';
  const { ended } = await held.release((_, bytes) => {
    printed += Buffer.from(bytes).toString();
    return undefined;
  });
  expect(await ended).toBe(7);
  expect(printed).toBe(`sh ${mark}\n`);
  held.drop();
});

test.each(['it is dropped', 'the launcher ends'])('a held program has done nothing when %s', async (how) => {
  const { launcher, command, hasRun, processes } = await open();
  const held = launcher.hold(command);
  await expect.poll(processes, PATIENCE).toBe(1);
  if (how === 'it is dropped') held.drop();
  else launcher.close();
  await expect.poll(processes, PATIENCE).toBe(0);
  expect(hasRun()).toBe(false);
});

test('a held program that can not be started says so when it is released', async () => {
  const { launcher, command } = await open();
  const held = launcher.hold({ ...command, cwd: join(command.cwd, 'absent') });
  await expect(held.release(() => undefined)).rejects.toThrow('ENOENT');
});
