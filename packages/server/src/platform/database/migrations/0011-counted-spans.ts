import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/**
 * Experiments are counted by spans of 32 days, too: a period of six years took 2,000 counters. The counter of all gets a name behind these,
 * so that it lies on the pages of the newest ones, which are written with it.
 */
export async function countedSpans(db: Kysely<unknown>, _engine: Engine): Promise<void> {
  const statements = [
    "update experiment_count set scope = 'total' where scope = 'all'",
    // Both engines round towards zero: a number that 32 divides makes days before 1970 positive.
    `insert into experiment_count (scope, key, live, archived)
      select 'span', (key + 3200000) / 32 - 100000, sum(live), sum(archived) from experiment_count
      where scope = 'day' group by (key + 3200000) / 32 on conflict do nothing`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
