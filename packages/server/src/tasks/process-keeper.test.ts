import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Services } from '../access/context.ts';
import { sendSignal } from '../platform/child-process/end-processes.ts';
import { testContext } from '../testing/test-context.ts';
import { temporaryFolder } from '../testing/test-database.ts';
import { ProcessKeeper } from './process-keeper.ts';
import { WORKER_MARKER } from './task-environment.ts';
import { TaskProcesses } from './task-processes.ts';

/** Shows the variables of a process as `ps -E` of macOS does: behind its command, with blanks between them. */
const PS_OF_MACOS = '#!/bin/sh\nexec /bin/ps axeww -o "$3"\n';

let services: Services;
let folder = '';
beforeEach(async () => {
  services = await testContext('SQLite');
  folder = join(await temporaryFolder(), 'the data');
  await mkdir(folder);
});

describe.each([
  ['as this system shows it', false],
  ['as macOS shows it', true],
])('a process of an earlier start, %s,', (_, isMacos) => {
  beforeEach(async (context) => {
    if (!isMacos) return;
    if (!existsSync('/bin/ps')) context.skip('There is no ps.');
    const programs = await temporaryFolder();
    await writeFile(join(programs, 'ps'), PS_OF_MACOS);
    await chmod(join(programs, 'ps'), 0o755);
    vi.stubEnv('PATH', `${programs}:${process.env.PATH}`);
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    onTestFinished(() => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    });
  });

  test('is ended, by whatever path the data folder is reached', async () => {
    const link = `${folder} is here`;
    await symlink(folder, link);
    const first = processOf(keeperOf(folder));
    await keeperOf(link).cleanEarlierStarts();
    await expect.poll(() => first.signalCode).toBe('SIGINT');

    const second = processOf(keeperOf(folder));
    await rename(folder, `${folder}, moved`);
    await keeperOf(`${folder}, moved`).cleanEarlierStarts();
    await expect.poll(() => second.signalCode).toBe('SIGINT');
  });

  test('goes with what it started that has dropped its environment', async () => {
    const { worker } = keeperOf(folder);
    const env = { PATH: process.env.PATH, [WORKER_MARKER]: worker, LAST: 'x' };
    // In its group, in a session of its own, and behind another that has none either.
    const script = `env -i /bin/sleep 603.1 & setsid env -i /bin/sleep 603.2 & env -i /bin/sh -c '/bin/sleep 603.3; :' & wait`;
    const child = spawn('sh', ['-c', script], { env, detached: true, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const left = async () => {
      const { stdout } = await promisify(execFile)('/bin/ps', ['-eo', 'args']);
      return stdout.match(/^\/bin\/sleep 603\.\d$/gm)?.toSorted() ?? [];
    };
    await expect.poll(left).toEqual(['1', '2', '3'].map((i) => `/bin/sleep 603.${i}`));
    await keeperOf(folder).cleanEarlierStarts();
    await expect.poll(left).toEqual([]);
  });

  test('is left alone by this start, and by that of a copy of the folder', async () => {
    const keeper = keeperOf(folder);
    const child = processOf(keeper);
    await cp(folder, `${folder} copied`, { recursive: true });
    await keeperOf(`${folder} copied`).cleanEarlierStarts();
    await keeper.cleanEarlierStarts();
    expect(child.signalCode).toBeNull();

    const task = new TaskProcesses('task', '');
    task.started(child.pid ?? 0);
    await keeper.cancel(task);
    await expect.poll(() => child.signalCode).toBe('SIGINT');
  });
});

test('what a program starts while its processes are looked for is told to end, too', async () => {
  const keeper = keeperOf(folder);
  const task = keeper.begin('task');
  // One of them forks every other millisecond: some after a look, and before the signal. No shell: it may lose the signal
  // while it starts a program.
  for (let i = 0; i < 40; i += 1) {
    const script = `select undef, undef, undef, ${0.4 + i / 500}; fork; sleep 600`;
    const { pid = 0 } = spawn('perl', ['-e', script], { detached: true, stdio: 'ignore' });
    onTestFinished(() => sendSignal(-pid, 'SIGKILL'));
    task.started(pid);
  }
  await setTimeout(440);
  const begun = performance.now();
  await keeper.cancel(task);
  // Else the second signal has ended some.
  expect(performance.now() - begun).toBeLessThan(2500);
});

/** A program of its own: nothing could be opened here any more. */
const WITHOUT_DESCRIPTORS = `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  import { openSync } from 'node:fs';
  import { ProcessKeeper } from ${JSON.stringify(new URL('./process-keeper.ts', import.meta.url).href)};
  const log = { error: () => undefined };
  const keeper = new ProcessKeeper({ log, config: { dataDir: '/' }, newUuid: () => 'x' });
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  keeper.begin('task').started(child.pid);
  try { for (;;) openSync('/dev/null'); } catch {}
  void keeper.killAll();
  const [, signal] = await once(child, 'exit');
  process.stdout.write(signal, () => process.exit());`;

test('a server that ends at once kills its tasks also where it has no descriptors to look for them', async () => {
  const script = join(await temporaryFolder(), 'script.mts');
  await writeFile(script, WITHOUT_DESCRIPTORS);
  const limited = ['-c', 'ulimit -n 200; exec "$@"', 'sh', process.execPath, script];
  const { stdout } = await promisify(execFile)('sh', limited, { timeout: 30_000 });
  expect(stdout).toBe('SIGKILL');
});

function keeperOf(dataDir: string): ProcessKeeper {
  return new ProcessKeeper({ ...services, config: { ...services.config, dataDir } });
}

function processOf({ worker }: ProcessKeeper): ChildProcess {
  const env = { PATH: process.env.PATH, [WORKER_MARKER]: worker, LAST: 'x' };
  const child = spawn('sleep', ['600'], { env, detached: true, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
