import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databases } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { howOften } from '../faults/how-often.ts';
import { create, graphql } from '../graphql-client.ts';
import { processesOf } from './find-marked.ts';
import { ScriptServer } from './script-server.ts';

const RUNNING = 20;
const MANY = howOften(200, 1000);

describe.each(databases)('on %s', (database) => {
  test(`a server killed with ${RUNNING} tasks: none is stuck, none runs twice, nothing is left`, {
    timeout: 120_000,
  }, async () => {
    const script = 'echo "$AQUEDUCT_TASK_ID" >> runs; echo so far; trap "" HUP INT; sleep 600';
    const running = await ScriptServer.start({ long: script }, { database });
    const tasks = await Promise.all(Array.from({ length: RUNNING }, () => running.submit('long')));
    for (const uuid of tasks)
      await expect.poll(() => running.printed(uuid), { timeout: 30_000 }).toContain('so far');

    await running.killAndRestart();
    for (const uuid of tasks) {
      const ended = await running.end(uuid, 30_000);
      expect(ended.taskStatus).toBe('FAILURE');
      expect(ended.stdOut).toBe('so far\n');
      expect(ended.stdErr).toContain('The worker of this task was lost');
      await expect.poll(() => processesOf(uuid), { timeout: 12_000 }).toEqual([]);
    }
    const runs = (await readFile(join(running.folder, 'runs'), 'utf8')).trim().split('\n');
    expect(runs.toSorted()).toEqual(tasks.toSorted());
    // It goes on taking tasks.
    const next = await running.submit('long');
    await running.until(next, (task) => task.taskStatus === 'STARTED');
    await running.cancel(next);
  });

  test('tasks that waited for their turn when the server was killed are run once', {
    timeout: 120_000,
  }, async () => {
    const running = await ScriptServer.start(
      { long: 'sleep 600', once: 'echo "$AQUEDUCT_TASK_ID" >> runs' },
      { database, env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
    );
    await running.submit('long');
    const waiting = await Promise.all(Array.from({ length: 5 }, () => running.submit('once')));
    await running.killAndRestart();
    for (const uuid of waiting) expect((await running.end(uuid)).taskStatus).toBe('SUCCESS');
    const runs = (await readFile(join(running.folder, 'runs'), 'utf8')).trim().split('\n');
    expect(runs.toSorted()).toEqual(waiting.toSorted());
  });

  test(`${MANY} tasks at once end, each run once`, { timeout: 300_000 }, async () => {
    const running = await ScriptServer.start({ once: 'echo "$AQUEDUCT_TASK_ID" >> runs' }, { database });
    const tasks = await Promise.all(Array.from({ length: MANY }, () => running.submit('once')));
    for (const uuid of tasks) expect((await running.end(uuid, 250_000)).taskStatus).toBe('SUCCESS');
    const runs = (await readFile(join(running.folder, 'runs'), 'utf8')).trim().split('\n');
    expect(runs.toSorted()).toEqual(tasks.toSorted());
    const { data } = await graphql<{ tasks: { totalTasksCount: number } }>(
      running.url,
      '{ tasks(offset: 0, limit: 0, filters: {taskStatus: [SUCCESS]}) { totalTasksCount } }',
    );
    expect(data?.tasks.totalTasksCount).toBe(MANY);
  });
});

test('what a task has left behind goes, also where the server is killed before it can see to that', {
  timeout: 60_000,
}, async () => {
  const running = await ScriptServer.start({
    leaves: `setsid sh -c 'trap "" TERM; sleep 600' >/dev/null 2>&1 & echo done`,
    stays: `trap '' INT TERM; echo begin; while :; do sleep 1; done`,
  });
  const ended = await running.submit('leaves');
  await running.end(ended);
  expect(processesOf(ended)).not.toEqual([]);
  await running.killAndRestart();
  await expect.poll(() => processesOf(ended), { timeout: 12_000 }).toEqual([]);

  const removed = await create(running.url, 'is removed');
  const orphan = await running.submit('stays', removed);
  await expect.poll(() => running.printed(orphan), { timeout: 20_000 }).toContain('begin');
  const remove = 'mutation ($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }';
  expect((await graphql(running.url, remove, { uuid: removed.uuid })).errors).toBeUndefined();
  await running.killAndRestart();
  await expect.poll(() => processesOf(orphan), { timeout: 12_000 }).toEqual([]);
});

/** Says to which signals it came to rest; in a file, as nobody reads any more what it prints. */
const RESTS = `trap 'echo INT >> heard; sleep 1; echo off >> heard; exit 0' INT; trap 'echo TERM >> heard' TERM; echo $PPID; while :; do sleep 0.1; done`;

async function resting() {
  const running = await ScriptServer.start({ rests: RESTS });
  const uuid = await running.submit('rests');
  onTestFinished(() => {
    for (const pid of processesOf(uuid)) process.kill(pid, 'SIGKILL');
  });
  await expect.poll(() => running.printed(uuid)).toMatch(/\n/);
  return { running, uuid };
}

test('a task that runs on after a crash is told once to bring its instrument to rest, and has the time for it', async () => {
  const { running, uuid } = await resting();
  await running.killAndRestart();
  await expect.poll(() => processesOf(uuid)).toEqual([]);
  expect(await readFile(join(running.folder, 'heard'), 'utf8')).toBe('INT\noff\n');
});

test('so is one whose process that starts programs is killed, and it ends after that', async () => {
  const { running, uuid } = await resting();
  process.kill(Number(await running.printed(uuid)), 'SIGKILL');
  await expect.poll(() => existsSync(join(running.folder, 'heard'))).toBe(true);
  // Whoever cancels it now does not interrupt it again.
  await running.cancel(uuid);
  expect(await running.end(uuid)).toMatchObject({ taskStatus: 'REVOKED', resultCode: null });
  expect(processesOf(uuid)).toEqual([]);
  expect(await readFile(join(running.folder, 'heard'), 'utf8')).toBe('INT\noff\n');
});

test('where the process that starts programs is killed, its tasks say so, and the next one runs', {
  timeout: 60_000,
}, async () => {
  const running = await ScriptServer.start({
    long: 'echo $PPID; (setsid sleep 600 &); trap "" TERM; sleep 600 & wait; sleep 600',
    short: 'echo $PPID',
  });
  const tasks = [await running.submit('long'), await running.submit('long')];
  for (const uuid of tasks) await expect.poll(() => running.printed(uuid)).toMatch(/\n/);
  const launcher = await running.printed(tasks[0] ?? '');
  process.kill(Number(launcher), 'SIGKILL');
  for (const uuid of tasks) {
    const ended = await running.end(uuid, 20_000);
    expect(ended).toMatchObject({ taskStatus: 'FAILURE', resultCode: null, stdOut: launcher });
    expect(ended.stdErr).toMatch(/^The process that starts the programs of tasks ended, .* Try again\.\n$/);
    await expect.poll(() => processesOf(uuid), { timeout: 12_000 }).toEqual([]);
  }
  const next = await running.end(await running.submit('short'));
  expect(next).toMatchObject({ taskStatus: 'SUCCESS', stdErr: '' });
  expect(next.stdOut).not.toBe(launcher);
});

test('SIGTERM ends running tasks, which say why', { timeout: 60_000 }, async () => {
  const running = await ScriptServer.start({ long: 'trap "echo resting; exit 0" INT; sleep 600 & wait' });
  const uuid = await running.submit('long');
  await running.until(uuid, (task) => task.taskStatus === 'STARTED');
  const { dataDir } = running.server;
  expect(await running.server.stop('SIGTERM')).toBe(0);
  expect(processesOf(uuid)).toEqual([]);
  await running.killAndRestart();
  expect(running.server.dataDir).toBe(dataDir);
  const ended = await running.task(uuid);
  expect(ended).toMatchObject({ taskStatus: 'FAILURE', stdOut: 'resting\n' });
  expect(ended.stdErr).toContain('the server was stopped');
});

test('removing an experiment ends its tasks and forgets them', { timeout: 60_000 }, async () => {
  const running = await ScriptServer.start({ long: 'while true; do echo on and on; sleep 0.05; done' });
  const uuid = await running.submit('long');
  await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('on and on');
  const removed = await graphql(
    running.url,
    'mutation ($u: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $u}) }',
    { u: running.experiment.uuid },
  );
  expect(removed.errors).toBeUndefined();
  await expect(running.task(uuid)).rejects.toThrow('non-existing task');
  await expect.poll(() => processesOf(uuid), { timeout: 12_000 }).toEqual([]);
});
