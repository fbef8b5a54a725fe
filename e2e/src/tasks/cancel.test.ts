import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { howOften } from '../faults/how-often.ts';
import { create, graphql } from '../graphql-client.ts';
import { processesOf, processesWith } from './find-marked.ts';
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

test.each([
  ['ends', 'env -i /bin/sleep 600.1 >/dev/null 2>&1 & echo begin', '600.1'],
  ['is cancelled', 'setsid env -i /bin/sleep 600.2 >/dev/null 2>&1 & echo begin; sleep 600', '600.2'],
  ['is cancelled', 'echo begin; AQUEDUCT_WORKER=x exec sleep 600.3', '600.3'],
  ['is cancelled', 'AQUEDUCT_TASK_ID=other sleep 600.4 & echo begin; sleep 600', '600.4'],
  ['ends', 'AQUEDUCT_WORKER=x sleep 600.5 >/dev/null 2>&1 & echo begin; sleep 1', '600.5'],
  ['ends', 'AQUEDUCT_TASK_ID=other sleep 600.6 >/dev/null 2>&1 & echo begin; sleep 1', '600.6'],
])('what has dropped or changed its environment goes when its task %s', async (how, script, argument) => {
  const running = await ScriptServer.start({ drops: script });
  const uuid = await running.submit('drops');
  await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('begin');
  await expect.poll(() => processesWith(argument)).toHaveLength(1);
  if (how === 'is cancelled') await running.cancel(uuid);
  expect((await running.end(uuid)).taskStatus).toBe(how === 'ends' ? 'SUCCESS' : 'REVOKED');
  await expect.poll(() => processesWith(argument), { timeout: GONE_WITHIN_MS }).toEqual([]);
});

test('what a script starts to bring its instrument to rest is not interrupted', async () => {
  const rest = `trap 'sh -c "sleep 1; echo instrument off"; exit 1' INT; echo begin; while :; do sleep 0.1; done`;
  const running = await ScriptServer.start({ rest });
  const uuid = await running.submit('rest');
  await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('begin');
  await running.cancel(uuid);
  const { taskStatus, stdOut } = await running.end(uuid);
  expect({ taskStatus, stdOut }).toEqual({ taskStatus: 'REVOKED', stdOut: 'begin\ninstrument off\n' });
});

test('an experiment that is removed takes its running task along, whose place is free again', async () => {
  const running = await ScriptServer.start(
    { rest: `trap 'echo resting; exit 0' INT; echo begin; sleep 600 & wait`, quick: 'echo done' },
    { env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
  );
  const removed = await create(running.url, 'is removed');
  const uuid = await running.submit('rest', removed);
  await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('begin');
  const remove = 'mutation ($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }';
  expect((await graphql(running.url, remove, { uuid: removed.uuid })).errors).toBeUndefined();
  await expect.poll(() => processesOf(uuid), { timeout: GONE_WITHIN_MS }).toEqual([]);
  expect((await running.end(await running.submit('quick'))).stdOut).toBe('done\n');
  expect(await running.server.stop('SIGTERM')).toBe(0);
});

test('a task that waits for its turn is revoked without being run', async () => {
  const running = await ScriptServer.start(
    { long: 'sleep 600', touch: 'touch was-run', next: 'true' },
    { env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
  );
  const first = await running.submit('long');
  const second = await running.submit('touch');
  expect((await running.task(second)).taskStatus).toBe('PENDING');
  expect(await running.cancel(second)).toBe('REVOKED');
  expect((await running.task(second)).resultCode).toBeNull();
  await running.cancel(first);
  expect((await running.end(first)).taskStatus).toBe('REVOKED');
  // Its turn would have been before that of the next one.
  await running.end(await running.submit('next'));
  expect(existsSync(join(running.folder, 'was-run'))).toBe(false);
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
