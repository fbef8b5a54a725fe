import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Launcher } from './launcher.ts';
import type { OutputTaker } from './start-command.ts';

const MIB = 1024 * 1024;

function launcher() {
  const opened = new Launcher();
  onTestFinished(() => opened.close());
  return (script: string, take: OutputTaker) =>
    opened.start({ file: 'sh', args: ['-c', script], cwd: '/', env: { PATH: process.env.PATH ?? '' } }, take);
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
