import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import type { Database } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { OutputRecorder } from './output-recorder.ts';
import { insertTask } from './task.queries.ts';
import { chunksAfter } from './task-output.queries.ts';

const ID = 1;

describe.each(databases)('on %s', (database) => {
  test('what is printed all the time is gathered, and loses nothing', async () => {
    const { recorder, pieces, writeRest } = await recorderOn(database);
    const start = performance.now();
    let printed = '';
    for (let i = 0; i < 500; i += 1) {
      void recorder.add(1, Buffer.from(`${i}\n`));
      printed += `${i}\n`;
      await sleep(1);
    }
    const most = (performance.now() - start) / 40 + 1;
    await writeRest();
    const found = await pieces();
    expect(found.length).toBeLessThanOrEqual(most);
    expect(found.map(({ bytes }) => String(bytes)).join('')).toBe(printed);
  });

  test('two streams that change with each other keep their order', async () => {
    const { recorder, pieces, writeRest } = await recorderOn(database);
    for (let i = 0; i < 1000; i += 1) {
      void recorder.add(i % 2 === 0 ? 1 : 2, Buffer.from(`${i}\n`));
      if (i % 300 === 0) await sleep(50);
    }
    await writeRest();
    const found = (await pieces()).map(({ sequence, stream, bytes }) => [sequence, stream, String(bytes)]);
    expect(found).toEqual(Array.from({ length: 1000 }, (_, i) => [i + 1, i % 2 === 0 ? 1 : 2, `${i}\n`]));
  });

  test('what was written by a commit whose answer was lost is there once, with all that came since', async () => {
    const committed = Promise.withResolvers<void>();
    let writes = 0;
    const { recorder, pieces, writeRest } = await recorderOn(database, (db) => ({
      ...db,
      async write(work) {
        const result = await db.write(work);
        writes += 1;
        if (writes > 1) return result;
        committed.resolve();
        throw new AqueductError('UNAVAILABLE', 'The connection was lost.');
      },
    }));
    void recorder.add(1, Buffer.from('one\n'));
    await committed.promise;
    await sleep(1);
    void recorder.add(1, Buffer.from('two\n'));
    await writeRest();
    expect((await pieces()).map(({ bytes }) => String(bytes))).toEqual(['one\n', 'two\n']);
  });
});

/** @param through - The database as the recorder meets it. */
async function recorderOn(database: TestDatabase, through: (db: Database) => Database = (db) => db) {
  const ctx = await testContext(database);
  const experiment = await createExperiment(ctx, { title: 'tasks', description: '', tags: [] });
  await ctx.db.write((tx) => tx.run(insertTask, testTask(ctx, experiment.id)));
  const recorder = new OutputRecorder({ ...ctx, db: through(ctx.db) }, ID, 10 * 1024 * 1024, 'secret');
  return {
    recorder,
    async writeRest() {
      await recorder.end();
      await ctx.db.write((tx) => recorder.writeRest(tx));
    },
    async pieces() {
      const found = [];
      for (let after = 0; ; ) {
        const page = await ctx.db.all(chunksAfter, { id: ID, after, limit: 1000 });
        const last = page.at(-1);
        if (!last) return found;
        found.push(...page);
        after = last.sequence;
      }
    },
  };
}
