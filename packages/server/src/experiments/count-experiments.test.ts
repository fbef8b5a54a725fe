import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { check } from '../check/testing/installation.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { query } from '../platform/database/query.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment } from './create-experiment.ts';
import { countQuery } from './list-query.ts';
import { planList } from './plan-list.ts';
import { removeExperiment } from './remove-experiment.ts';

const DAY = 86_400_000_000;
/** Microseconds since 1970 of experiments in days that lie around whole spans of 32, of 1969 to 1971. */
const MOMENTS = [-65, -64, -33, -32, -1, 0, 1, 31, 32, 63, 64, 95, 96, 127, 128, 365, 640].flatMap((day) => [
  day * DAY,
  day * DAY + DAY - 1,
]);

/** As counters were kept before spans. */
const withoutSpans = [
  sql`delete from experiment_count where scope = 'span'`,
  sql`alter table upload drop column writer`,
  sql`delete from kysely_migration where name >= '0011'`,
].map((statement) => query()(() => statement));

describe.each(databases)('on %s', (database) => {
  test('the total of every period is the number of its experiments', async () => {
    const ctx = await testContext(database);
    for (const moment of MOMENTS) await make(ctx, moment, isArchived(moment) ? ['__archived__'] : []);
    const gone = await make(ctx, 40 * DAY);
    await removeExperiment(ctx, gone);
    await expectTotals(ctx);
    expect(await check(ctx)).toEqual([]);

    for (const statement of withoutSpans) await ctx.db.write((tx) => tx.run(statement, {}));
    const { dataDir, databaseUrl: url } = ctx.config;
    const db = await openDatabase({ url, dataDir, clock: ctx.clock });
    onTestFinished(() => db.close());
    const upgraded = { ...ctx, db };
    await expectTotals(upgraded);
    expect(await check(upgraded)).toEqual([]);
  });

  test('the total of any of several tags is that of their experiments, in every period', async () => {
    const ctx = await testContext(database);
    const tagsOf = [['a'], ['b'], ['a', 'b'], ['c'], [], ['a', '__archived__']];
    const made = MOMENTS.map((moment, i) => ({ moment, tags: tagsOf[i % tagsOf.length] ?? [] }));
    for (const { moment, tags } of made) await make(ctx, moment, tags);
    const found = made.filter(({ tags }) => !tags.includes('__archived__') && /a|b/.test(tags.join()));
    for (const start of [undefined, ...MOMENTS, ...MOMENTS.map((moment) => moment + 1)]) {
      for (const end of [undefined, 0, DAY - 1, DAY, 96 * DAY]) {
        const expected = found.filter(
          ({ moment }) => moment >= (start ?? -Infinity) && moment <= (end ?? Infinity),
        );
        const filters = {
          archived: 0,
          text: '',
          anyTag: ['a', 'b'],
          allTags: [],
          start,
          end,
          authors: [],
        } as const;
        expect(await countExperiments(ctx, filters), `${start} to ${end}`).toBe(expected.length);
      }
    }
  });
});

test.each([{}, { start: 0 }, { end: DAY }, { start: 0, end: DAY }])(
  'SQLite counts the experiments of any of several common tags by what is known of the tags: %o',
  async (period) => {
    const ctx = await testContext('SQLite');
    await make(ctx, 1, ['a']);
    await make(ctx, 2, ['b']);
    const filters = { archived: 0, text: '', anyTag: ['a', 'b'], allTags: [], authors: [] } as const;
    const plan = await planList(ctx, { start: undefined, end: undefined, ...filters, ...period });
    // For a page, the newest are tested.
    expect(plan?.shape.anyTag).toBe('walk');
    const statement = plan && countQuery(plan.shape).on('sqlite').sql;
    const explain = query()<{ detail: string }>(() =>
      sql.raw(`explain query plan ${statement?.replaceAll('?', '0')}`),
    );
    const steps = (await ctx.db.all(explain, {})).map(({ detail }) => detail).join('\n');
    expect(steps).toContain('SEARCH x USING PRIMARY KEY (tag_id=? AND archived=?');
    expect(steps.includes('experiment_id>?')).toBe('start' in period);
    expect(steps.includes('experiment_id<?')).toBe('end' in period);
  },
);

async function make(ctx: Context, moment: number, tags: string[] = []): Promise<string> {
  const clock = { now: () => moment, today: () => '20250301' };
  return (await createExperiment({ ...ctx, clock }, { title: 'Rabi', description: '', tags })).uuid;
}

/** Totals of all bounds that could be taken wrongly. */
async function expectTotals(ctx: Context): Promise<void> {
  const bounds = [-66 * DAY, ...MOMENTS.flatMap((moment) => [moment, moment + 1]), 650 * DAY];
  for (const archived of [0, 1] as const) {
    for (const start of [undefined, ...bounds]) {
      for (const end of [undefined, ...bounds]) {
        const expected = MOMENTS.filter(
          (moment) =>
            isArchived(moment) === (archived === 1) &&
            moment >= (start ?? -Infinity) &&
            moment <= (end ?? Infinity),
        );
        const filters = { archived, text: '', anyTag: [], allTags: [], start, end, authors: [] };
        expect(await countExperiments(ctx, filters), `${start} to ${end}`).toBe(expected.length);
      }
    }
  }
}

/** One of the two of each day. */
function isArchived(moment: number): boolean {
  return moment % DAY === 0;
}
