import { setTimeout as sleep } from 'node:timers/promises';
import { databases } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { howOften } from '../faults/how-often.ts';
import { processesOf } from './find-marked.ts';
import { ScriptServer } from './script-server.ts';

/** I5 of the bar. */
const GONE_WITHIN_MS = 12_000;
const RACES = howOften(40, 500);

const SCRIPTS = {
  sleeps: 'echo begin; sleep 600; echo end',
  'brings to rest': `trap 'echo resting; exit 0' INT; echo begin; sleep 600 & wait`,
  'ignores what it can': `trap '' INT TERM HUP; echo begin; sleep 600 & while true; do sleep 1; done`,
  'double-forks': `(setsid sh -c 'trap "" INT TERM; (sleep 600 &) ; sleep 600' >/dev/null 2>&1 &); echo begin; sleep 600`,
  'drops its environment': `env -i /bin/sh -c 'trap "" INT; /bin/sleep 600' & echo begin; sleep 600`,
  'forks and forks': `echo begin; f() { sleep 600 & sleep 0.02; f & wait; }; for i in 1 2 3; do f & done; wait`,
};

describe.each(databases)('a task that is cancelled, on %s', (database) => {
  // How processes are found and ended has nothing to do with the database.
  const scripts = Object.keys(SCRIPTS).slice(0, database === 'SQLite' ? undefined : 2);
  test.each(scripts)('and %s, is REVOKED and leaves nothing behind', async (action) => {
    const running = await ScriptServer.start(SCRIPTS, { database });
    const uuid = await running.submit(action);
    await running.until(uuid, (task) => task.taskStatus === 'STARTED');
    await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('begin');
    const asked = Date.now();
    await running.cancel(uuid);
    const ended = await running.end(uuid, GONE_WITHIN_MS);
    expect(ended.taskStatus).toBe('REVOKED');
    expect(ended.stdOut).toContain('begin');
    if (action === 'brings to rest') expect(ended.stdOut).toContain('resting');
    await expect.poll(() => processesOf(uuid), { timeout: GONE_WITHIN_MS }).toEqual([]);
    expect(Date.now() - asked).toBeLessThan(GONE_WITHIN_MS + 1000);
    expect(await running.cancel(uuid)).toBe('REVOKED');
  });
});

test('a task that leaves a daemon behind ends at once, and the daemon soon after', async () => {
  const running = await ScriptServer.start({ leaves: `setsid sh -c 'trap "" TERM; sleep 600' & echo done` });
  const uuid = await running.submit('leaves');
  const { taskStatus, stdOut } = await running.end(uuid, 5000);
  expect({ taskStatus, stdOut }).toEqual({ taskStatus: 'SUCCESS', stdOut: 'done\n' });
  await expect.poll(() => processesOf(uuid), { timeout: GONE_WITHIN_MS }).toEqual([]);
});

test('a task that waits for its turn is revoked without being run', async () => {
  const running = await ScriptServer.start(
    { long: 'sleep 600', touch: 'touch was-run' },
    { env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
  );
  const first = await running.submit('long');
  const second = await running.submit('touch');
  expect((await running.task(second)).taskStatus).toBe('PENDING');
  expect(await running.cancel(second)).toBe('REVOKED');
  expect((await running.task(second)).resultCode).toBeNull();
  await running.cancel(first);
  expect((await running.end(first)).taskStatus).toBe('REVOKED');
});

test(`exactly one end, ${RACES} times, when cancelling races with the end`, {
  timeout: 300_000,
}, async () => {
  const running = await ScriptServer.start({ short: 'sleep 0.02' });
  const seen = new Map<string, number>();
  for (let i = 0; i < RACES; i += 1) {
    const uuid = await running.submit('short');
    await sleep(i % 60);
    await running.cancel(uuid);
    const first = await running.end(uuid);
    await running.cancel(uuid);
    expect((await running.task(uuid)).taskStatus).toBe(first.taskStatus);
    seen.set(first.taskStatus, (seen.get(first.taskStatus) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted()).toEqual(['REVOKED', 'SUCCESS']);
});

test('time that is over: the manifest’s bound, then the setting’s', async () => {
  const running = await ScriptServer.start(
    { bound: { script: 'sleep 600', more: '    timeout: 1' }, unbound: 'sleep 600' },
    { env: { AQUEDUCT_TASK_TIMEOUT_SECONDS: '2' } },
  );
  for (const [action, seconds] of [
    ['bound', 1],
    ['unbound', 2],
  ] as const) {
    const { taskStatus, stdErr } = await running.end(await running.submit(action), 15_000);
    expect(taskStatus).toBe('FAILURE');
    expect(stdErr).toContain(`longer than ${seconds} s`);
  }
});
