import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { findTaskGrant, issueTaskToken } from '../access/task-token.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { onExperimentRemoval, removeExperiment } from '../experiments/remove-experiment.ts';
import type { Executor } from '../platform/database/database.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { query } from '../platform/database/query.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { loadTasks } from './find-task.ts';
import { removeTasksOfExperiment } from './remove-tasks-of-experiment.ts';
import { stopSweepingOutput, sweepOutput } from './sweep-output.ts';
import { insertTask } from './task.queries.ts';
import { insertChunk, nextDoomedOutput } from './task-output.queries.ts';

onExperimentRemoval(removeTasksOfExperiment);

const countOutput = query()(
  () => sql<{ pieces: number }>`select cast(count(*) as bigint) as pieces from task_output`,
);
const left = async (db: Executor) => (await db.first(countOutput, {}))?.pieces;

/** More than is deleted at once. */
const PIECES = 1100;

describe.each(databases)('on %s', (database) => {
  test('what tasks of a removed experiment have printed goes behind the answer, that of others stays', async () => {
    const ctx = await testContext(database);
    const removed = await experimentWith(ctx, [1, 2]);
    await experimentWith(ctx, [3]);
    await removeExperiment(ctx, removed);
    expect(await loadTasks(ctx.db, [1, 2])).toEqual([]);
    await expect.poll(() => left(ctx.db), { timeout: 10_000 }).toBe(PIECES);
    await expect.poll(() => ctx.db.first(nextDoomedOutput, {}), { timeout: 10_000 }).toBeUndefined();
    expect(await loadTasks(ctx.db, [3])).toHaveLength(1);
  });

  test('the token of a task is good for nothing once its experiment is removed', async () => {
    const ctx = await testContext(database);
    const experiments = [await experimentWith(ctx, [1]), await experimentWith(ctx, [2])];
    const tokens: string[] = [];
    for (const { uuid } of await loadTasks(ctx.db, [1, 2]))
      tokens.push(
        await ctx.db.write((tx) =>
          issueTaskToken(tx, { taskUuid: uuid, userUuid: ctx.viewer.uuid, experiments: undefined }),
        ),
      );
    await removeExperiment(ctx, experiments[0] ?? '');
    const grants = tokens.map((token) => findTaskGrant(ctx.db, token));
    expect(await Promise.all(grants)).toEqual([undefined, expect.anything()]);
  });

  test('what a server that stopped has left of it is deleted by the next', async () => {
    const ctx = await testContext(database);
    const removed = await experimentWith(ctx, [1]);
    await stopSweepingOutput(ctx.db);
    await removeExperiment(ctx, removed);
    expect(await left(ctx.db)).toBe(PIECES);
    const { clock, config } = ctx;
    const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, clock });
    onTestFinished(() => db.close());
    sweepOutput({ ...ctx, db });
    await expect.poll(() => left(db), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => db.first(nextDoomedOutput, {}), { timeout: 10_000 }).toBeUndefined();
  });
});

/** A new experiment with tasks that have printed; gives its UUID. */
async function experimentWith(ctx: Context, taskIds: readonly number[]): Promise<string> {
  const experiment = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  await ctx.db.write(async (tx) => {
    for (const id of taskIds) {
      await tx.run(insertTask, testTask(ctx, experiment.id, { id }));
      for (let sequence = 1; sequence <= PIECES; sequence += 1) {
        await tx.run(insertChunk, { id, sequence, stream: 1, bytes: Buffer.from('line\n'), now: sequence });
      }
    }
  });
  return experiment.uuid;
}
