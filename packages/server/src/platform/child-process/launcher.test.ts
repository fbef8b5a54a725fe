import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { Launcher } from './launcher.ts';
import type { OutputTaker } from './start-command.ts';

const MIB = 1024 * 1024;

function launcher() {
  const opened = new Launcher();
  onTestFinished(() => opened.close());
  return (script: string, take: OutputTaker, unwanted = new AbortController().signal) =>
    opened.start(
      { file: 'sh', args: ['-c', script], cwd: '/', env: { PATH: process.env.PATH ?? '' } },
      take,
      unwanted,
    );
}

test('output that nobody takes yet is bounded, and all of it comes before the end', async () => {
  let given = 0;
  let untaken = 0;
  let most = 0;
  const run = launcher();
  const { ended } = await run(`yes | head -c ${10 * MIB}; exit 7`, async (_, { length }) => {
    given += length;
    untaken += length;
    most = Math.max(most, untaken);
    await sleep(20);
    untaken -= length;
    return undefined;
  });
  expect(await ended).toBe(7);
  expect(given).toBe(10 * MIB);
  expect(most).toBeLessThanOrEqual(MIB);
});

test('output that nobody wants is read and dropped', async () => {
  let given = 0;
  const run = launcher();
  const { ended } = await run(`yes | head -c ${50 * MIB}; exit 7`, (_, { length }) => {
    given += length;
    return given < 3 * MIB ? undefined : 'enough';
  });
  expect(await ended).toBe(7);
  expect(given).toBeGreaterThanOrEqual(3 * MIB);
  expect(given).toBeLessThan(5 * MIB);
});

test('where the launcher is killed, its programs are given up, and the next one gets another launcher', async () => {
  const run = launcher();
  const printed = Promise.withResolvers<number>();
  const { pid, ended } = await run('echo $PPID; exec sleep 60', (_, bytes) => {
    printed.resolve(Number(Buffer.from(bytes)));
    return undefined;
  });
  onTestFinished(() => void process.kill(pid, 'SIGKILL'));
  const killed = await printed.promise;
  process.kill(killed, 'SIGKILL');
  await expect(ended).rejects.toMatchObject({
    name: 'AqueductError',
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/followed no more.*Try again\.$/),
  });

  const next = Promise.withResolvers<number>();
  const again = await run('echo $PPID; exit 7', (_, bytes) => {
    next.resolve(Number(Buffer.from(bytes)));
    return undefined;
  });
  expect(await again.ended).toBe(7);
  expect(await next.promise).not.toBe(killed);
});

test('a launcher that hangs is killed when a start is given up, and the next one gets another', async () => {
  const run = launcher();
  const number = async (script: string) => {
    let text = '';
    const { ended } = await run(script, (_, bytes) => {
      text += Buffer.from(bytes);
      return undefined;
    });
    await ended;
    return Number(text);
  };
  const hanging = await number('echo $PPID');
  process.kill(hanging, 'SIGSTOP');
  const giving = new AbortController();
  const start = run('true', () => undefined, giving.signal);
  giving.abort();
  await expect(start).rejects.toThrow('the process that starts programs has ended');
  expect(await number('echo $PPID')).not.toBe(hanging);
});

test.skipIf(process.platform !== 'linux')(
  'where memory runs out, programs end before the server: from their first moment, with all that they start',
  async () => {
    const run = launcher();
    const numbers = async (script: string) => {
      let text = '';
      const { ended } = await run(script, (_, bytes) => {
        text += Buffer.from(bytes).toString();
        return undefined;
      });
      await ended;
      return text.trim().split('\n').map(Number);
    };
    const own = Number(await readFile('/proc/self/oom_score_adj', 'utf8'));
    const ofTask = Math.max(own, 500);
    const itself = 'read score </proc/self/oom_score_adj; echo $score';
    const script = `${itself}; sh -c '${itself}'; echo $PPID`;
    for (let i = 0; i < 30; i += 1)
      expect((await numbers(script)).slice(0, 2), `start ${i}`).toEqual([ofTask, ofTask]);
    const [, , launcherId] = await numbers(script);
    await vi.waitFor(async () =>
      expect(Number(await readFile(`/proc/${launcherId}/oom_score_adj`, 'utf8'))).toBe(own),
    );
  },
);

test('pipes are made in the temporary folder of the server', async () => {
  vi.stubEnv('TMPDIR', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(launcher()('true', () => undefined)).rejects.toThrow('no pipe could be made in /nowhere');
});

/** A program of its own: nothing could be opened here any more. */
const WITHOUT_DESCRIPTORS = `
  import { closeSync, openSync } from 'node:fs';
  import { Launcher } from ${JSON.stringify(new URL('./launcher.ts', import.meta.url).href)};
  const alive = setInterval(() => undefined, 1000);
  const launcher = new Launcher();
  const command = { file: 'sh', args: ['-c', 'exit 7'], cwd: '/', env: { PATH: process.env.PATH } };
  const { signal } = new AbortController();
  const run = () => launcher.start(command, () => undefined, signal).then(({ ended }) => ended, ({ message }) => message);
  const opened = [];
  try { for (;;) opened.push(openSync('/dev/null')); } catch {}
  const without = await Promise.all([run(), run()]);
  for (const each of opened) closeSync(each);
  console.log(JSON.stringify([...without, await run()]));
  clearInterval(alive);`;

test('a launcher that has no descriptors fails what was asked of it, and the next one gets another', async () => {
  // As a file: the launcher is started with the same options, and would run a script among them.
  const script = join(await temporaryFolder(), 'script.mts');
  await writeFile(script, WITHOUT_DESCRIPTORS);
  const limited = ['-c', 'ulimit -n 200; exec "$@"', 'sh', process.execPath, script];
  const { stdout } = await promisify(execFile)('sh', limited, { timeout: 30_000 });
  const failure = expect.stringMatching(/^the process that starts programs could not be started: .*EMFILE$/);
  expect(JSON.parse(stdout)).toEqual([failure, failure, 7]);
});
