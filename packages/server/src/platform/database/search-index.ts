import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Logger } from '../logging/logger.ts';
import type { Database, Transaction } from './database.ts';
import { query } from './query.ts';

// PostgreSQL keeps its index by itself; SQLite's full-text table is kept here. To take in one experiment, FTS5 writes
// as many pages as all else that a create writes. So they are taken in many at once: as soon as enough of them wait, or
// somebody searches. Of new ones nothing is noted: they are those behind the last one that was taken in.

/** So many that wait are taken in by the write that finds them, which takes about 3 ms. */
const MOST_WAITING = 256;
/** How long a search waits for the index; a client that gives up after 0.5 s still gets its answer. */
const PATIENCE_MS = 200;

/** Up to which experiment those that are not noted were taken in, and how many wait behind it. */
const newOnes = query()<{ until: number; count: number }>(
  () => sql`select until, (select count(*) from experiment where id > until) as count from search_taken_in`,
);

/** Gives how many are noted; nothing where this one is already. */
const note = query<{ id: number }>()<{ count: number }>(
  (_, p) => sql`insert into search_pending (experiment_id) values (${p.id}) on conflict do nothing
    returning (select count(*) from search_pending) as count`,
);

const anyWaiting = query()<{ id: number }>(
  () => sql`select experiment_id as id from search_pending union all
    select id from experiment where id > (select until from search_taken_in) limit 1`,
);

const takeIn = [
  query()(() => sql`delete from experiment_search where rowid in (select experiment_id from search_pending)`),
  query()(
    () => sql`insert into experiment_search (rowid, live, archived)
      select id, iif(archived, '', search_text), iif(archived, search_text, '') from experiment
      where id in (select experiment_id from search_pending
        union select id from experiment where id > (select until from search_taken_in))`,
  ),
  query()(() => sql`delete from search_pending`),
  query()(
    () => sql`update search_taken_in set until = max(until, (select coalesce(max(id), 0) from experiment))`,
  ),
];

/** Lets searches find an experiment as it now is, or no more where it has gone; from the commit on. */
export async function noteForSearch(tx: Transaction, id: number): Promise<void> {
  if (tx.engine === 'postgres') return;
  const news = await tx.first(newOnes, {});
  const waiting = news && id > news.until ? news : await tx.first(note, { id });
  if (waiting && waiting.count >= MOST_WAITING) await takeInWaiting(tx);
}

/**
 * Brings the full-text index up to date.
 *
 * @returns whether it is; not where nothing can be written now, as on a full disk. The texts themselves are to be looked
 * at then.
 */
export async function isSearchIndexCurrent(db: Database, log: Logger): Promise<boolean> {
  if (db.engine === 'postgres' || !(await db.first(anyWaiting, {}))) return true;
  const takenIn = db.write(takeInWaiting).then(
    () => true,
    (err: unknown) => {
      log.warn(
        { err },
        'the index of the search could not be brought up to date; all titles are looked at instead',
      );
      return false;
    },
  );
  return Promise.race([takenIn, sleep(PATIENCE_MS, false)]);
}

async function takeInWaiting(tx: Transaction): Promise<void> {
  for (const statement of takeIn) await tx.run(statement, {});
}
