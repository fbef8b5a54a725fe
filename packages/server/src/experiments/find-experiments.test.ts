import type { Scope } from '@aqueduct/contract';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { query } from '../platform/database/query.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment } from './create-experiment.ts';
import { type FiltersInput, parseFilters } from './experiment-filters.ts';
import { findAuthors } from './find-authors.ts';
import { findExperiments } from './find-experiments.ts';
import { pageQuery } from './list-query.ts';
import { planList } from './plan-list.ts';

const setCounts = query<{ count: number }>()((_, p) => sql`update tag set live = ${p.count}`);
const ADA = '00000000-0000-4000-8000-00000000ada0';
const addAda = query<{ uuid: string }>()(
  (_, p) => sql`insert into "user" (uuid, username, created_at) values (${p.uuid}, 'ada', 0)`,
);
/** Takes SQLite about 50 ms. */
const countFar = query()<{ count: number }>(
  () => sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < 500000)
    select count(*) as count from n`,
);

const SIX = ['ta', 'tb', 'tc', 'td', 'te', 'tf'];

describe.each(databases)('on %s', (database) => {
  test('all tags are looked at that a filter can ask for, also where a text is looked up first', async () => {
    const ctx = await testContext(database);
    const make = (title: string, tags: string[]) => createExperiment(ctx, { title, description: '', tags });
    await make('Rabi 1', SIX);
    await make('Rabi 2', ['tg']);
    const both = await make('Rabi 3', [...SIX, 'tg']);
    await make('Ramsey', [...SIX, 'tg']);
    // As many as make the text the better way, which otherwise would take thousands of experiments.
    await ctx.db.write((tx) => tx.run(setCounts, { count: 5000 }));
    const filters: FiltersInput = { title: 'rabi', shouldIncludeTags: SIX };
    expect((await planList(ctx, parseFilters(filters)))?.shape.driver).toBe('search');
    expect(await eids(ctx, { ...filters, tags: ['tg'] })).toEqual([both.eid]);
    expect(await eids(ctx, { ...filters, tags: ['tg', 'nothing'] })).toEqual([both.eid]);
    expect(await eids(ctx, { ...filters, tags: ['tg', 'ta'] })).toHaveLength(2);
    expect(await eids(ctx, { title: 'rabi', shouldIncludeTags: [...SIX.slice(1), 'tg'] })).toEqual([
      both.eid,
    ]);
  });
});

describe.each(databases)('of authors, on %s', (database) => {
  test('a caller hears of those whose experiments it sees', async () => {
    const ctx = await testContext(database);
    await ctx.db.write((tx) => tx.run(addAda, { uuid: ADA }));
    const ada = { ...ctx, viewer: { ...ctx.viewer, uuid: ADA } };
    const make = (by: Context) => createExperiment(by, { title: 'Rabi', description: '', tags: [] });
    const [hers, ours] = [await make(ada), await make(ctx)];
    const authorsFor = (narrow: Partial<Viewer>) =>
      findAuthors({ ...ctx, viewer: { ...ctx.viewer, ...narrow } });
    const own = new Set<Scope>(['experiment::view::own']);
    expect(await authorsFor({})).toEqual(['ada', 'admin']);
    expect(await authorsFor({ only: new Set([hers.uuid]) })).toEqual(['ada']);
    expect(await authorsFor({ only: new Set() })).toEqual([]);
    expect(await authorsFor({ scopes: own })).toEqual(['admin']);
    expect(await authorsFor({ scopes: own, only: new Set([hers.uuid]) })).toEqual([]);
    expect(await authorsFor({ scopes: own, only: new Set([hers.uuid, ours.uuid]) })).toEqual(['admin']);
  });

  test('experiments of one and of several are found and counted', async () => {
    const ctx = await testContext(database);
    await ctx.db.write((tx) => tx.run(addAda, { uuid: ADA }));
    const ada = { ...ctx, viewer: { ...ctx.viewer, uuid: ADA } };
    const make = async (by: Context, tags: string[]) =>
      (await createExperiment(by, { title: 'Rabi', description: '', tags })).eid;
    const first = await make(ada, ['t']);
    const other = await make(ctx, ['t']);
    const last = await make(ada, []);
    await make(ada, ['__archived__']);
    for (const filters of [{}, { title: 'rabi' }, { title: 'r' }]) {
      expect(await eids(ctx, { ...filters, createdBy: ['ada'] })).toEqual([last, first]);
      expect(await eids(ctx, { ...filters, createdBy: ['ada', 'nobody'], tags: ['t'] })).toEqual([first]);
      expect(await eids(ctx, { ...filters, createdBy: ['ada', 'admin'] })).toEqual([last, other, first]);
      expect(await eids(ctx, { ...filters, createdBy: ['nobody'] })).toEqual([]);
    }
  });
});

test('SQLite finds the experiments of one author by an index, and of nobody without a look at them', async () => {
  const ctx = await testContext('SQLite');
  expect(await planList(ctx, parseFilters({ createdBy: ['nobody'] }))).toBeUndefined();
  const plan = await planList(ctx, parseFilters({ createdBy: ['admin'] }));
  const statement = plan && pageQuery(plan.shape, 'CREATED_DESC', false).on('sqlite').sql;
  const explain = query()<{ detail: string }>(() =>
    sql.raw(`explain query plan ${statement?.replaceAll('?', '0')}`),
  );
  const steps = (await ctx.db.all(explain, {})).map(({ detail }) => detail);
  expect(steps).toEqual(['SEARCH e USING INDEX experiment_by_author (created_by=? AND archived=?)']);
});

test.each(['UPDATED_DESC', 'TITLE_ASC'] as const)(
  'SQLite sorts the experiments of a period beside the thread that answers: %s',
  async (orderBy) => {
    const ctx = await testContext('SQLite');
    const { createdAt } = await createExperiment(ctx, { title: 'Rabi', description: '', tags: [] });
    for (const filters of [{ startDate: createdAt }, { endDate: createdAt }]) {
      const far = ctx.db.bulk.first(countFar, {}).then(() => 'what that thread does before');
      const list = findExperiments(ctx, { limit: 10, offset: 0, filters, orderBy });
      expect(await Promise.race([far, list])).toBe('what that thread does before');
      expect((await list).experiments).toHaveLength(1);
    }
    // What goes along an index does not wait.
    const far = ctx.db.bulk.first(countFar, {}).then(() => 'what that thread does before');
    const list = findExperiments(ctx, { limit: 10, offset: 0, orderBy });
    expect(await Promise.race([far, list])).toMatchObject({ total: 1 });
    await far;
  },
);

/** The EIDs of a list, whose total is as many. */
async function eids(ctx: Context, filters: FiltersInput): Promise<string[]> {
  const page = await findExperiments(ctx, { limit: 10, offset: 0, filters });
  expect(await countExperiments(ctx, page.filters, page.plan)).toBe(page.experiments.length);
  return page.experiments.map(({ eid }) => eid);
}
