import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { endTask } from './end-task.ts';
import { loadTasks } from './find-task.ts';
import { pagesOf } from './output-bytes.ts';
import { readOutput, wholeOutput } from './read-output.ts';
import { insertTask } from './task.queries.ts';
import { insertChunk } from './task-output.queries.ts';
import { watchOutput } from './watch-tasks.ts';

const ID = 1;
/** More than is read at once. */
const MANY = 1100;
const TASK = '00000000-0000-4000-8000-000000000001';

describe.each(databases)('on %s', (database) => {
  test('a log of many small pieces is read whole, in its order, while others have their turn', async () => {
    const { ctx } = await endedTask(
      database,
      Array.from({ length: MANY }, (_, i) => `${i} \0é\n`),
    );
    const [task] = await loadTasks(ctx.db, [ID]);
    if (!task) throw new Error('The task is not there.');
    const { turns, result } = await countTurns(() => wholeOutput(ctx, task));
    expect(turns).toBeGreaterThan(0);
    const lines = (isOdd: 0 | 1) =>
      Array.from({ length: MANY }, (_, i) => (i % 2 === isOdd ? `${i} \0é\n` : '')).join('');
    expect(result).toEqual({ stdout: lines(0), stderr: lines(1) });
    const paged = await Promise.all([1, 2].map((stream) => buffer(pagesOf(ctx.db, ID, stream as 1 | 2))));
    expect(paged.map(String)).toEqual([lines(0), lines(1)]);
  });

  test('long outputs are read in pages, beside short ones, and for one answer after the other', async () => {
    // Characters are cut in two between pieces, and so between pages.
    const bytes = Buffer.from('é漢🚀\0'.repeat(150_000));
    const long = Array.from({ length: Math.ceil(bytes.length / 30_001) }, (_, i) =>
      bytes.subarray(i * 30_001, (i + 1) * 30_001),
    );
    const twice = long.flatMap((piece) => [piece, piece]);
    const { ctx, experimentId } = await endedTask(database, twice);
    const others = { 2: ['short', 'err'], 3: [], 4: twice.slice(0, 20) };
    for (const [id, pieces] of Object.entries(others))
      await addTask(ctx, { id: Number(id), experimentId }, pieces);
    const sizes: number[] = [];
    for await (const page of pagesOf(ctx.db, ID, 1)) sizes.push(page.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(1024 * 1024 + 30_001);
    const tasks = await loadTasks(ctx.db, [ID, 2, 3, 4]);
    // Each as a request of its own would ask, the first one twice.
    const contexts = [ctx, { ...ctx }, { ...ctx }];
    const answers = await Promise.all(
      contexts.map((each, i) =>
        Promise.all(tasks.slice(i === 1 ? 0 : i).map((task) => wholeOutput(each, task))),
      ),
    );
    const text = String(bytes);
    const start = String(bytes.subarray(0, 10 * 30_001));
    const all = [
      { stdout: text, stderr: text },
      { stdout: 'short', stderr: 'err' },
      { stdout: '', stderr: '' },
      { stdout: start, stderr: start },
    ];
    expect(answers.map((answer, i) => isDeepStrictEqual(answer, all.slice(i === 1 ? 0 : i)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('who follows it lets others have their turn', async () => {
    const { ctx } = await endedTask(
      database,
      Array.from({ length: 500 }, (_, i) => `${i}\n`),
    );
    const chunks = await watchOutput(ctx, TASK, 0, new AbortController().signal);
    const { turns, result } = await countTurns(() => Array.fromAsync(chunks));
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(result.map(({ taskOutput }) => taskOutput.sequence)).toEqual(
      Array.from({ length: 500 }, (_, i) => i + 1),
    );
  });

  test('it is paged by pieces, and by bytes', async () => {
    const { ctx } = await endedTask(
      database,
      Array.from({ length: 1100 }, () => '.'),
    );
    expect(await pages(ctx)).toEqual([1000, 100]);
    const long = await endedTask(
      database,
      Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024)),
    );
    expect(await pages(long.ctx)).toEqual([16, 16, 8]);
    const one = await endedTask(database, ['x'.repeat(2 * 1024 * 1024), '.']);
    expect(await pages(one.ctx)).toEqual([1, 1]);
  });
});

/** How many pieces each page has. */
async function pages(ctx: Context): Promise<number[]> {
  const lengths: number[] = [];
  for (let after = 0; ; ) {
    const last = (await readOutput(ctx, ID, after)).at(-1);
    if (!last) return lengths;
    // All of them have a number, without a gap.
    lengths.push(last.sequence - after);
    after = last.sequence;
  }
}

/** How many turns of the event loop others have while some work is done. */
async function countTurns<T>(work: () => Promise<T>): Promise<{ turns: number; result: T }> {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (;;) {
      await nextTurn();
      if (isOver) return;
      turns += 1;
    }
  })();
  const result = await work();
  isOver = true;
  await others;
  return { turns, result };
}

/** A task that has ended, and printed texts: to standard output, standard error, and so on. */
async function endedTask(
  database: TestDatabase,
  texts: readonly (string | Buffer)[],
): Promise<{ ctx: Context; experimentId: number }> {
  const ctx = await testContext(database);
  const { id } = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  await addTask(ctx, { id: ID, experimentId: id }, texts);
  return { ctx, experimentId: id };
}

async function addTask(
  ctx: Context,
  { id, experimentId }: { id: number; experimentId: number },
  texts: readonly (string | Buffer)[],
): Promise<void> {
  await ctx.db.write(async (tx) => {
    const given = id === ID ? { uuid: TASK } : {};
    await tx.run(insertTask, testTask(ctx, experimentId, { id, ...given }));
    for (const [i, text] of texts.entries()) {
      const stream = i % 2 === 0 ? 1 : 2;
      await tx.run(insertChunk, { id, sequence: i + 1, stream, bytes: Buffer.from(text), now: i });
    }
    await endTask(ctx, tx, id, { resultCode: 0, logFile: null });
  });
}
