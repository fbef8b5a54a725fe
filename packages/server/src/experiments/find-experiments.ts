import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Experiment } from './experiment.ts';
import {
  type ExperimentFilters,
  type ExperimentOrder,
  type FiltersInput,
  parseFilters,
} from './experiment-filters.ts';
import { loadRecords } from './experiment-records.ts';
import { cursorOf, parseCursor } from './list-cursor.ts';
import { pageQuery } from './list-query.ts';
import { type ListPlan, planList } from './plan-list.ts';

export interface ListInput {
  limit: number;
  offset: number;
  filters?: FiltersInput | null;
  /** Cursor of the row that the list begins behind. */
  after?: string | null;
  orderBy?: ExperimentOrder | null;
}

/** A page of experiments. */
export interface ExperimentPage {
  readonly experiments: readonly Experiment[];
  /** How many the list has in all; undefined where `countExperiments` has to count them, if somebody asks. */
  readonly total: number | undefined;
  readonly filters: ExperimentFilters;
  /** How it was read; undefined where there was nothing to read. */
  readonly plan: ListPlan | undefined;
  /** Where the next page begins; null when this one is the last. */
  endCursor(): string | null;
}

/** A walk over more rows than this is no matter of milliseconds. */
const LONG_WALK = 5000;

/** Finds experiments, the newest first unless another order is asked for. */
export async function findExperiments(ctx: Context, input: ListInput): Promise<ExperimentPage> {
  requireExperimentRight(ctx.viewer, 'view');
  const { limit, offset } = input;
  if (limit > limits.experimentsPerPage) {
    throw new AqueductError(
      'BAD_INPUT',
      `Maximum allowed limit for experiments is ${limits.experimentsPerPage}`,
    );
  }
  if (limit < 0) throw new AqueductError('BAD_INPUT', `The limit can't be negative; ${limit} was given.`);
  if (offset < 0) throw new AqueductError('BAD_INPUT', `The offset can't be negative; ${offset} was given.`);
  const order = input.orderBy ?? 'CREATED_DESC';
  const after = input.after == null ? undefined : parseCursor(input.after, order);
  const filters = parseFilters(input.filters ?? {});

  const plan = limit === 0 ? undefined : await planList(ctx, filters);
  if (!plan) return { experiments: [], total: undefined, filters, plan, endCursor: () => null };
  // Another order than that of the table that is walked sorts all that it holds. Those of a period are found by their ids.
  const { driver, start, end } = plan.shape;
  const sortsAll = !order.startsWith('CREATED') && (driver !== 'experiment' || start || end);
  const scans = plan.shape.text === 'scan' || plan.shape.text === 'lines';
  const walksAll = sortsAll || scans || offset > LONG_WALK;
  const executor = walksAll ? ctx.db.bulk : plan.isSlow ? ctx.db.slow : ctx.db;
  // One row more than asked for tells whether there is a next page.
  const rows = await executor.all(pageQuery(plan.shape, order, after !== undefined), {
    ...plan.params,
    limit: limit + 1,
    offset,
    afterId: after?.id ?? 0,
    afterKey: after?.key ?? 0,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    experiments: await loadRecords(ctx.db, page),
    total: rows[0]?.total,
    filters,
    plan,
    endCursor: () =>
      rows.length > limit && last ? cursorOf(order, last.id, last.sort_key ?? last.id) : null,
  };
}
