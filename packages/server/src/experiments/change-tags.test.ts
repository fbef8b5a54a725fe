import { expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import type { Transaction } from '../platform/database/database.ts';
import { testContext } from '../testing/test-context.ts';
import { changeTags } from './change-tags.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment } from './create-experiment.ts';
import { type FiltersInput, parseFilters } from './experiment-filters.ts';

const MANY = Array.from({ length: 60 }, (_, i) => `t${i}`);

test('many tags are removed with as many statements as one, also where that makes an experiment live', async () => {
  const ctx = await testContext('SQLite');
  const tags = [...MANY, 'stays', '__archived__'];
  const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags });
  const countOf = (filters: FiltersInput) => countExperiments(ctx, parseFilters(filters));
  const ofOne = await statementsOf(ctx, uuid, ['t0']);
  expect(await statementsOf(ctx, uuid, MANY.slice(1, 30))).toBe(ofOne);
  await statementsOf(ctx, uuid, ['t30', '__archived__', ...MANY.slice(31)]);
  const archived = ['__archived__'];
  expect(await countOf({ shouldIncludeTags: archived })).toBe(0);
  expect([await countOf({}), await countOf({ tags: ['stays'] }), await countOf({ tags: ['t40'] })]).toEqual([
    1, 1, 0,
  ]);
});

/** How many statements it takes to remove these tags. */
async function statementsOf(ctx: Context, uuid: string, remove: readonly string[]): Promise<number> {
  let statements = 0;
  await ctx.write((tx) => {
    const counting: Transaction = {
      ...tx,
      run: (query, params) => {
        statements += 1;
        return tx.run(query, params);
      },
    };
    return changeTags(ctx, counting, uuid, { add: [], remove });
  });
  return statements;
}
