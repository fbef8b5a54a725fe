import type { Transaction } from '../platform/database/database.ts';
import { addToCounts, addToTagCounts } from './tag.queries.ts';

const MICROSECONDS_PER_DAY = 86_400_000_000;

/** The day (UTC, counted from 1970) that an experiment counts for. */
export function dayOf(microseconds: number): number {
  return Math.floor(microseconds / MICROSECONDS_PER_DAY);
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
  await tx.run(addToCounts, { day: dayOf(createdAt), ...change });
}

/** The same change for each of these tags. */
export async function countTagUses(
  tx: Transaction,
  tagIds: readonly number[],
  change: Change,
): Promise<void> {
  if (tagIds.length > 0) await tx.run(addToTagCounts, { tagIds, ...change });
}
