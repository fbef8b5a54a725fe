import { describe, expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { loadTasks } from './find-task.ts';
import { runRecordOf } from './run-record.ts';
import { insertTask } from './task.queries.ts';

/** In bytes; half as many characters. */
const SIZE = 100_000;
const parameters = [{ name: 'sequence', dataType: 'textarea', value: 'é'.repeat(SIZE / 2) }];

describe.each(databases)('what a task was given, on %s,', (database) => {
  test('is none of what a list holds', async () => {
    const ctx = await contextWithTask();
    expect(JSON.stringify(await loadTasks(ctx.db, [1])).length).toBeLessThan(1000);
    expect(await runRecordOf(ctx, { id: 1 })).toEqual({ parameters, script: 'true', packages: [] });
  });

  test('takes from the budget of the answer by its length', async () => {
    const ctx = await contextWithTask();
    ctx.budget.begin();
    // Of 5,000,000 points, one for each 32 bytes: there is room for one of them.
    ctx.budget.spend(5_000_000 - (1.5 * SIZE) / 32);
    await runRecordOf(ctx, { id: 1 });
    expect(ctx.budget.refusal).toBeUndefined();
    expect(await runRecordOf(ctx, { id: 1 })).toEqual({ parameters: [], script: '', packages: [] });
    expect(ctx.budget.refusal).toBeDefined();
  });

  test('is said to be gone where it was removed meanwhile', async () => {
    const ctx = await testContext(database);
    await expect(runRecordOf(ctx, { id: 1 })).rejects.toThrow('was removed meanwhile');
  });

  async function contextWithTask() {
    const ctx = await testContext(database);
    const experiment = await createExperiment(ctx, { title: 'Rabi', description: '', tags: [] });
    const given = { parameters: JSON.stringify(parameters), script: 'true' };
    await ctx.db.write((tx) => tx.run(insertTask, testTask(ctx, experiment.id, given)));
    return ctx;
  }
});
