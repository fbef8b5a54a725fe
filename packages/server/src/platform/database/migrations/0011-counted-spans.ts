import { type Kysely, sql } from 'kysely';

/** Experiments are counted by spans of 32 days, too: a period of six years took 2,000 counters. */
export async function countedSpans(db: Kysely<unknown>): Promise<void> {
  // Both engines round towards zero: a number that 32 divides makes days before 1970 positive.
  const statement = `insert into experiment_count (scope, key, live, archived)
    select 'span', (key + 3200000) / 32 - 100000, sum(live), sum(archived) from experiment_count
    where scope = 'day' group by (key + 3200000) / 32 on conflict do nothing`;
  await sql.raw(statement).execute(db);
}
