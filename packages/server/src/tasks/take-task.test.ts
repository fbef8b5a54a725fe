import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { uploadFile } from '../files/upload-file.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { loadTasks } from './find-task.ts';
import { Runner } from './runner.ts';
import { takeTask } from './take-task.ts';
import { insertTask } from './task.queries.ts';
import { inputsOf } from './task-files.ts';

describe.each(databases)('on %s', (database) => {
  test('a file that is named is one of the first experiment among the parameters, then of the next, then of its own', async () => {
    const ctx = await testContext(database);
    const own = await experimentWith(ctx, ['all.csv', 'own.csv']);
    const first = await experimentWith(ctx, ['all.csv', 'two.csv']);
    const next = await experimentWith(ctx, ['all.csv', 'two.csv', 'next.csv']);
    const parameters = [
      ...[first, next].map(({ eid }) => ({ dataType: 'experiment', value: eid })),
      ...['all.csv', 'two.csv', 'next.csv', 'own.csv', 'none.csv'].map((value) => ({
        dataType: 'file',
        value,
      })),
    ];
    const inputs = await givenTo(ctx, own.id, parameters);
    expect(inputs.map(({ eid, name }) => [eid, name])).toEqual([
      [own.eid, 'own.csv'],
      [first.eid, 'all.csv'],
      [first.eid, 'two.csv'],
      [next.eid, 'next.csv'],
    ]);
  });
});

async function experimentWith(ctx: Context, names: readonly string[]) {
  const experiment = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  for (const name of names) {
    const object = await ctx.storage.put(Readable.from([Buffer.from(`${name} of ${experiment.eid}`)]));
    await uploadFile(ctx, { uuid: experiment.uuid, name, object, replaces: null });
  }
  return experiment;
}

/** The files that a task of an experiment was given, once a worker has taken it. */
async function givenTo(ctx: Context, experimentId: number, parameters: readonly object[]) {
  const runner = new Runner(ctx, { ownUrl: '', variables: {}, singleUser: ctx.viewer });
  const row = testTask(ctx, experimentId, { parameters: JSON.stringify(parameters) });
  await ctx.db.write((tx) => tx.run(insertTask, row));
  await ctx.db.write((tx) => takeTask(runner, tx, 1));
  const [task] = await loadTasks(ctx.db, [1]);
  if (!task) throw new Error('The task is not there.');
  return inputsOf(ctx, task);
}
