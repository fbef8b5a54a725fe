import type { Transaction } from '../platform/database/database.ts';
import { addToCounts, addToTagCounts } from './tag.queries.ts';

const MICROSECONDS_PER_DAY = 86_400_000_000;
/** Some days are counted together, for long periods. */
export const DAYS_PER_SPAN = 32;

/** The day (UTC, counted from 1970) that an experiment counts for. */
export function dayOf(microseconds: number): number {
  return Math.floor(microseconds / MICROSECONDS_PER_DAY);
}

/** Days as they are counted: by themselves, by whole spans, and again by themselves. Empty where the first is behind the last. */
export interface DayRanges {
  readonly first: number;
  readonly before: number;
  readonly firstSpan: number;
  readonly lastSpan: number;
  readonly behind: number;
  readonly last: number;
}

/** The days from a first to a last one, in whole spans as far as possible. */
export function rangesOf(first: number, last: number): DayRanges {
  const firstSpan = Math.ceil(first / DAYS_PER_SPAN);
  const lastSpan = Math.floor((last + 1) / DAYS_PER_SPAN) - 1;
  if (firstSpan > lastSpan) return { first, before: last, firstSpan, lastSpan, behind: last + 1, last };
  const before = firstSpan * DAYS_PER_SPAN - 1;
  return { first, before, firstSpan, lastSpan, behind: (lastSpan + 1) * DAYS_PER_SPAN, last };
}

/** How the numbers of live and archived experiments change. */
interface Change {
  live: number;
  archived: number;
}

/** The change when an experiment of this kind comes (1) or goes (-1). */
export function changeBy(sign: 1 | -1, archived: 0 | 1): Change {
  return archived ? { live: 0, archived: sign } : { live: sign, archived: 0 };
}

/** Keeps the totals of lists: an exact count of a million rows would take 20 to 50 ms each time. */
export async function countExperiment(tx: Transaction, createdAt: number, change: Change): Promise<void> {
  await countExperimentsOfDay(tx, dayOf(createdAt), change);
}

/** The same for many experiments of one day. */
export async function countExperimentsOfDay(tx: Transaction, day: number, change: Change): Promise<void> {
  await tx.run(addToCounts, { day, span: Math.floor(day / DAYS_PER_SPAN), ...change });
}

/** The same change for each of these tags. */
export async function countTagUses(
  tx: Transaction,
  tagIds: readonly number[],
  change: Change,
): Promise<void> {
  if (tagIds.length > 0) await tx.run(addToTagCounts, { tagIds, ...change });
}
