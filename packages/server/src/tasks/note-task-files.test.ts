import { describe, expect, test } from 'vitest';
import { type Context, createContext } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { onExperimentRemoval, removeExperiment } from '../experiments/remove-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { noteRead } from './note-task-files.ts';
import { removeTasksOfExperiment } from './remove-tasks-of-experiment.ts';
import { insertTask } from './task.queries.ts';
import { filesOfTasks } from './task-file.queries.ts';

onExperimentRemoval(removeTasksOfExperiment);

describe.each(databases)('on %s', (database) => {
  test('what a task reads is noted once', async () => {
    const { ctx, asTask, version } = await prepare(database);
    await Promise.all([noteRead(asTask, version), noteRead(asTask, version)]);
    await noteRead(asTask, version);
    const inputs = await ctx.db.all(filesOfTasks, { ids: [1], role: 'input', limit: 10 });
    expect(inputs).toMatchObject([{ name: 'read.csv', given: 0 }]);
  });

  test('what a task reads while its experiment is being removed fails at nothing', async () => {
    const { ctx, asTask, version } = await prepare(database);
    await Promise.all([removeExperiment(ctx, version.experimentUuid), noteRead(asTask, version)]);
    expect(await ctx.db.all(filesOfTasks, { ids: [1], role: 'input', limit: 10 })).toEqual([]);
  });
});

/** A task, and a version of a file that it may read. */
async function prepare(database: (typeof databases)[number]) {
  const ctx: Context = await testContext(database);
  const { id, uuid, eid } = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  const task = testTask(ctx, id);
  await ctx.db.write((tx) => tx.run(insertTask, task));
  return {
    ctx,
    asTask: createContext(ctx, { ...ctx.viewer, taskUuid: task.uuid }),
    version: { experimentUuid: uuid, eid, name: 'read.csv', size: 1, sha256: 'a'.repeat(64) },
  };
}
