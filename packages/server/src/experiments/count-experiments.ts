import { LRUCache } from 'lru-cache';
import type { Context } from '../access/context.ts';
import { visibilityParams } from '../access/visible-experiments.ts';
import type { Database } from '../platform/database/database.ts';
import { dayOf, rangesOf } from './experiment-counts.ts';
import type { ExperimentFilters } from './experiment-filters.ts';
import { countQuery, isCountedAlong } from './list-query.ts';
import { type ListPlan, planList } from './plan-list.ts';
import { countOfAll, countOfDays } from './tag.queries.ts';

const MICROSECONDS_PER_DAY = 86_400_000_000;
const LAST_DAY = dayOf(Number.MAX_SAFE_INTEGER);
const MOST_TOTALS = 500;

/**
 * How many experiments a list holds in all: exact, and mostly from counters.
 *
 * @param known - How a page of the list was read, where one was.
 */
export async function countExperiments(
  ctx: Context,
  filters: ExperimentFilters,
  known?: ListPlan,
): Promise<number> {
  const plan = known ?? (await planList(ctx, filters));
  if (!plan) return 0;
  if (plan.onlyTag) return plan.onlyTag.count;
  if (isCountedAlong(plan.shape)) return countOfPeriod(ctx, filters);
  return keptTotal(ctx, plan, filters);
}

/** Whole days are added from their counters; what is left of the first and the last day is counted. */
async function countOfPeriod(ctx: Context, filters: ExperimentFilters): Promise<number> {
  const { start, end, archived } = filters;
  const pick = (row: { live: number | null; archived: number | null } | undefined) =>
    Number((archived ? row?.archived : row?.live) ?? 0);
  if (start === undefined && end === undefined) return pick(await ctx.db.first(countOfAll, {}));

  const from = start ?? -Number.MAX_SAFE_INTEGER;
  const to = end ?? Number.MAX_SAFE_INTEGER;
  if (from > to) return 0;
  const first = start === undefined ? -LAST_DAY : Math.ceil(start / MICROSECONDS_PER_DAY);
  // The bound belongs to the period: a day is whole up to its last microsecond.
  const last = end === undefined ? LAST_DAY : dayOf(end + 1) - 1;
  if (first > last) return countBetween(ctx, filters, from, to);

  let count = pick(await ctx.db.first(countOfDays, rangesOf(first, last)));
  const firstMicrosecond = first * MICROSECONDS_PER_DAY;
  const endOfLast = (last + 1) * MICROSECONDS_PER_DAY;
  if (start !== undefined && from < firstMicrosecond) {
    count += await countBetween(ctx, filters, from, firstMicrosecond - 1);
  }
  if (end !== undefined && to >= endOfLast) count += await countBetween(ctx, filters, endOfLast, to);
  return count;
}

async function countBetween(
  ctx: Context,
  filters: ExperimentFilters,
  start: number,
  end: number,
): Promise<number> {
  const plan = await planList(ctx, { ...filters, start, end });
  if (!plan) return 0;
  return (await ctx.db.first(countQuery(plan.shape), plan.params))?.count ?? 0;
}

interface Total {
  readonly token: number;
  readonly count: Promise<number>;
}

const totals = new WeakMap<Database, LRUCache<string, Total>>();

/** A total once counted is kept until anything changes; equal requests of one moment count once. */
async function keptTotal(ctx: Context, plan: ListPlan, filters: ExperimentFilters): Promise<number> {
  let kept = totals.get(ctx.db);
  if (!kept) totals.set(ctx.db, (kept = new LRUCache({ max: MOST_TOTALS })));
  const key = JSON.stringify([filters, plan.shape.visibility === 'all' ? '' : visibilityParams(ctx.viewer)]);
  const token = await ctx.db.changeToken();
  const known = kept.get(key);
  if (known?.token === token) return known.count;

  const count = ctx.db.bulk.first(countQuery(plan.shape), plan.params).then((row) => row?.count ?? 0);
  kept.set(key, { token, count });
  count.catch(() => kept.delete(key));
  return count;
}
