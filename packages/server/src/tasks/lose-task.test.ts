import { describe, expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { endTask } from './end-task.ts';
import { loadTasks } from './find-task.ts';
import { loseTask } from './lose-task.ts';
import { Runner } from './runner.ts';
import { insertTask, setReceived, setStarted } from './task.queries.ts';
import { chunksAfter, insertChunk } from './task-output.queries.ts';

const ID = 1;
const LOST = expect.stringMatching(/^The worker of this task was lost/);

describe.each(databases)('on %s', (database) => {
  test('a lost task fails and says why, below all that its worker still writes', async () => {
    const { print, lose, printed, state } = await taskOn(database);
    await print(1, 'before');
    await lose();
    // It could not be reached, but lives.
    await print(2, 'after');
    expect(await printed()).toEqual(['before', 'after', LOST]);
    expect(await state()).toMatchObject({ taskStatus: 'FAILURE', resultCode: null });
  });

  test('one that was lost stays so, whatever its worker notes of it still', async () => {
    const { ctx, lose, state } = await taskOn(database);
    await lose();
    const lost = await state();
    const started = { script: 'late', hash: '', interpreter: '', packages: '[]' };
    await ctx.db.write((tx) => tx.run(setStarted, { id: ID, now: ctx.clock.now(), ...started }));
    await ctx.db.write((tx) => endTask(ctx, tx, ID, { resultCode: 0, logFile: 'late.log' }));
    expect(lost).toMatchObject({ taskStatus: 'FAILURE' });
    expect(await state()).toEqual(lost);
  });

  test('one that printed nothing loses nothing either', async () => {
    const { print, lose, printed } = await taskOn(database);
    await lose();
    await print(1, 'the first');
    expect(await printed()).toEqual(['the first', LOST]);
  });

  test('one that no worker has had says that it was not run', async () => {
    const { lose, printed, state } = await taskOn(database, { isTaken: false });
    await lose();
    expect(await printed()).toEqual([
      expect.stringMatching(/^This task was not run: .* Submit it again\.\n$/),
    ]);
    expect(await state()).toMatchObject({ taskStatus: 'FAILURE', resultCode: null, startedAt: null });
  });

  test('one that has ended meanwhile stays as it is', async () => {
    const { ctx, lose, printed, state } = await taskOn(database);
    await ctx.db.write((tx) => endTask(ctx, tx, ID, { resultCode: 0, logFile: null }));
    await lose();
    expect(await printed()).toEqual([]);
    expect(await state()).toMatchObject({ taskStatus: 'SUCCESS', resultCode: 0 });
  });
});

async function taskOn(database: TestDatabase, { isTaken } = { isTaken: true }) {
  const ctx = await testContext(database);
  const runner = new Runner(ctx, { ownUrl: '', variables: {}, singleUser: ctx.viewer });
  const experiment = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  await ctx.db.write((tx) => tx.run(insertTask, testTask(ctx, experiment.id)));
  if (isTaken) await ctx.db.write((tx) => tx.run(setReceived, { id: ID }));
  return {
    ctx,
    lose: () => ctx.db.write((tx) => loseTask(runner, tx, ID, false)),
    print: (sequence: number, line: string) =>
      ctx.db.write((tx) => {
        const bytes = Buffer.from(line);
        return tx.run(insertChunk, { id: ID, sequence, stream: 1, bytes, now: ctx.clock.now() });
      }),
    printed: async () =>
      (await ctx.db.all(chunksAfter, { id: ID, after: 0, limit: 9 })).map(({ bytes }) => String(bytes)),
    state: async () => (await loadTasks(ctx.db, [ID]))[0],
  };
}
