import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { testTask } from '../testing/test-task.ts';
import { insertTask } from './task.queries.ts';
import { watchOutput, watchTasks } from './watch-tasks.ts';

const TASK = '00000000-0000-4000-8000-000000000001';

type Watch = (ctx: Context, left: AbortSignal) => Promise<AsyncGenerator<unknown>>;

test.each<[string, Watch]>([
  ['all tasks', (ctx, left) => watchTasks(ctx, undefined, left)],
  ['a task', (ctx, left) => watchTasks(ctx, TASK, left)],
  ['what a task prints', (ctx, left) => watchOutput(ctx, TASK, 0, left)],
])('watching %s ends with those who watch, also when nothing happens', async (_, watch) => {
  const ctx = await contextWithTask();
  const leaving = new AbortController();
  const watching = await watch(ctx, leaving.signal);
  const all = Array.fromAsync(watching);
  await sleep(100);
  leaving.abort();
  // A task that waits is told once.
  expect((await all).length).toBeLessThan(2);
});

/** A task that waits for a worker which never comes. */
async function contextWithTask(): Promise<Context> {
  const ctx = await testContext('SQLite');
  const experiment = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  await ctx.db.write((tx) => tx.run(insertTask, testTask(ctx, experiment.id, { uuid: TASK })));
  return ctx;
}
