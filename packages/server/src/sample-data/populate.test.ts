import { describe, expect, test } from 'vitest';
import { countExperiments } from '../experiments/count-experiments.ts';
import type { FiltersInput } from '../experiments/experiment-filters.ts';
import { findExperiments } from '../experiments/find-experiments.ts';
import { findFiles } from '../files/find-files.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { populate } from './populate.ts';

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
});
