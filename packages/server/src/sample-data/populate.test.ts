import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { recordedBehind } from '../check/check.queries.ts';
import { countExperiments } from '../experiments/count-experiments.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import type { FiltersInput } from '../experiments/experiment-filters.ts';
import { findExperiments } from '../experiments/find-experiments.ts';
import { removeExperiment } from '../experiments/remove-experiment.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { findFiles } from '../files/find-files.ts';
import { uploadFile } from '../files/upload-file.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { populate } from './populate.ts';
import { sampleExperiment } from './sample-experiment.ts';

describe.each(databases)('on %s', (database) => {
  test('fills up to a number, always with the same', async () => {
    const ctx = await testContext(database);
    const ask = async (filters: FiltersInput) => {
      const page = await findExperiments(ctx, { limit: 3, offset: 0, filters });
      return {
        eids: page.experiments.map(({ eid }) => eid),
        total: await countExperiments(ctx, page.filters),
      };
    };
    const reached: number[] = [];
    await populate(ctx, 20, (done) => reached.push(done));
    await populate(ctx, 700, (done) => reached.push(done));
    expect(reached).toEqual([20, 520, 700]);
    // Of 700, those with i mod 20 = 13 are archived.
    expect(await ask({})).toEqual({ eids: ['20210102-200', '20210102-199', '20210102-198'], total: 665 });
    expect(await ask({ shouldIncludeTags: ['__archived__'] })).toMatchObject({ total: 35 });
    expect(await ask({ tags: ['run/7'] })).toEqual({
      eids: ['20210102-108', '20210101-408', '20210101-208'],
      total: 4,
    });
    expect(await ask({ title: 'M42X99' })).toMatchObject({ total: 7 });
    expect(await ask({ title: '20210102' })).toMatchObject({ total: 190 });
    const [newest] = (await findExperiments(ctx, { limit: 1, offset: 0 })).experiments;
    if (!newest) throw new Error('no experiment');
    expect((await findFiles(ctx, newest)).map(({ name }) => name)).toEqual(['data.csv', 'parameters.json']);
  });

  test('gives the newest files, in steps as at once; what people changed or deleted stays so', async () => {
    const ctx = await testContext(database);
    const report = () => undefined;
    expect(await populate(ctx, 1250, report)).toBe(0);
    expect(await numbersWithFiles(ctx)).toEqual({ first: 50, last: 1249, experiments: 1200, files: 2400 });
    const uuidOf = (i: number) => sampleExperiment(i).uuid;
    await deleteFiles(ctx, uuidOf(1200), ['data.csv']);
    const object = await ctx.storage.put(Readable.from([Buffer.from('of mine')]));
    await uploadFile(ctx, { uuid: uuidOf(60), name: 'data.csv', object });

    const stopped = populate(ctx, 1300, () => {
      throw new Error('interrupted');
    });
    await expect(stopped).rejects.toThrow('interrupted');
    expect(await populate(ctx, 1300, report)).toBe(1300);
    const expected = { first: 60, last: 1299, experiments: 1201, files: 2400 };
    expect(await numbersWithFiles(ctx)).toEqual(expected);
    expect(await populate(ctx, 100, report)).toBe(1300);
    expect(await numbersWithFiles(ctx)).toEqual(expected);
  });

  test('what people removed or brought before the files came stays so, and stops nothing', async () => {
    const ctx = await testContext(database);
    const [removed, changed] = [sampleExperiment(3).uuid, sampleExperiment(4).uuid];
    const interrupted = populate(ctx, 10, () => {
      throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    await removeExperiment(ctx, removed);
    const object = await ctx.storage.put(Readable.from([Buffer.from('of mine')]));
    await uploadFile(ctx, { uuid: changed, name: 'data.csv', object });
    expect(await populate(ctx, 10, () => undefined)).toBe(10);
    expect(await numbersWithFiles(ctx)).toEqual({ first: 0, last: 9, experiments: 9, files: 18 });
    const files = await ctx.db.all(recordedBehind, { id: 0, last: 1e9, limit: 100 });
    const mine = files.filter(({ uuid, name }) => uuid === changed && name === 'data.csv');
    expect(mine).toMatchObject([{ sha256: object.sha256 }]);
  });

  test('goes on from where another has come to meanwhile', async () => {
    const ctx = await testContext(database);
    const report = () => undefined;
    let others = 0;
    const db: Context['db'] = {
      ...ctx.db,
      async write(work) {
        if (others < 40) await populate(ctx, (others += 10), report);
        return ctx.db.write(work);
      },
    };
    expect(await populate({ ...ctx, db }, 50, report)).toBeLessThan(40);
    expect(others).toBe(40);
    expect(await numbersWithFiles(ctx)).toEqual({ first: 0, last: 49, experiments: 50, files: 100 });
    expect(await populate(ctx, 50, report)).toBe(50);
  });

  test('a day of which somebody has experiments, or had, is left alone', async () => {
    const ctx = await testContext(database, { today: '20210102' });
    const report = () => undefined;
    const created = await createExperiment(ctx, { title: 'of mine', description: '', tags: [] });
    await removeExperiment(ctx, created.uuid);
    const refusal = { code: 'CONFLICT', message: expect.stringContaining('sample experiment 20210102-1 ') };
    await expect(populate(ctx, 700, report)).rejects.toMatchObject(refusal);
    await expect(populate(ctx, 500, report)).resolves.toBe(500);
    await expect(populate(ctx, 501, report)).rejects.toMatchObject(refusal);
    expect((await createExperiment(ctx, { title: 'of mine', description: '', tags: [] })).eid).toBe(
      '20210102-2',
    );
  });
});

async function numbersWithFiles(ctx: Context) {
  const files = await ctx.db.all(recordedBehind, { id: 0, last: 1e9, limit: 10_000 });
  const numbers = [...new Set(files.map(({ uuid }) => Number.parseInt(uuid.slice(24), 16)))].toSorted(
    (a, b) => a - b,
  );
  return { first: numbers[0], last: numbers.at(-1), experiments: numbers.length, files: files.length };
}
