import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { findAction } from '../extensions/find-action.ts';
import { parseParameters } from '../extensions/parse-parameters.ts';
import { testContext } from '../testing/test-context.ts';
import { temporaryFolder } from '../testing/test-database.ts';
import { endTask } from './end-task.ts';
import { type Submission, submitTask } from './submit-task.ts';
import { waitForEnd } from './wait-for-end.ts';

/** Longer than a read waits. */
const AWAY_MS = 5000;

test('a task is answered also where its record can not be read after it was written', async () => {
  const { ctx, submission } = await prepare();
  const lock = await tasksLock(ctx);
  const write: Context['write'] = async (work) => {
    const written = await ctx.write(work);
    await lock.take();
    return written;
  };
  const task = await submitTask({ ...ctx, write }, submission);
  await lock.release();
  expect(task).toMatchObject({ extensionName: 'Test', taskStatus: 'PENDING', createdBy: 'admin' });
  expect(await submitTask(ctx, submission)).toEqual({
    ...task,
    id: expect.any(Number),
    uuid: expect.any(String),
    receivedAt: expect.any(Number),
  });
});

test('who waits for the end of a task goes on waiting while the database does not answer', async () => {
  const { ctx, submission } = await prepare();
  const task = await submitTask(ctx, submission);
  const lock = await tasksLock(ctx);
  await lock.take();
  const waiting = waitForEnd(ctx, task);
  waiting.catch(() => undefined);
  await sleep(AWAY_MS);
  await lock.release();
  await ctx.db.write((tx) => endTask(ctx, tx, task.id, { resultCode: 0, logFile: null }));
  expect(await waiting).toMatchObject({ uuid: task.uuid, taskStatus: 'SUCCESS' });
});

/** A task that can be submitted; no queue is started that would run it. */
async function prepare(): Promise<{ ctx: Context; submission: Submission }> {
  const context = await testContext('PostgreSQL');
  const extensionsDir = await temporaryFolder();
  await mkdir(join(extensionsDir, 'test'));
  await writeFile(
    join(extensionsDir, 'test', 'manifest.yml'),
    `name: Test
authors: test@example.org
aqueduct_url: auto
actions: [{name: run, script: 'true', parameters: [{name: experiment, data_type: experiment}]}]
`,
  );
  const ctx = { ...context, config: { ...context.config, extensionsDir } };
  const experiment = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  const { extension, action } = await findAction(ctx, 'Test', 'run');
  const parameters = parseParameters(action, [['experiment', experiment.eid]]);
  return {
    ctx,
    submission: { experimentUuid: experiment.uuid, extension, action, parameters, isBlocking: true },
  };
}

/** Keeps everybody from the table of the tasks. */
async function tasksLock({ config }: Context): Promise<{ take(): Promise<void>; release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  return {
    take: async () => void (await client.query('begin; lock table aqueduct.task in access exclusive mode')),
    release: async () => void (await client.query('rollback')),
  };
}
