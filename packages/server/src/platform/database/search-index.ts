import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Logger } from '../logging/logger.ts';
import type { Database, Transaction } from './database.ts';
import { query } from './query.ts';

// PostgreSQL keeps its index by itself; SQLite's full-text table is kept here. To take in one experiment, FTS5 writes
// as many pages as all else that a create writes. So those that changed are noted first, and taken in many at once: as
// soon as there are enough of them, or somebody searches.

/** So many that wait are taken in by the write that finds them, which takes about 3 ms. */
const MOST_WAITING = 256;
/** How long a search waits for the index; a client that gives up after 0.5 s still gets its answer. */
const PATIENCE_MS = 200;

/** Gives how many wait; nothing where this one does already. */
const note = query<{ id: number }>()<{ count: number }>(
  (_, p) => sql`insert into search_pending (experiment_id) values (${p.id}) on conflict do nothing
    returning (select count(*) from search_pending) as count`,
);

const anyWaiting = query()<{ id: number }>(() => sql`select experiment_id as id from search_pending limit 1`);

const takeIn = [
  query()(() => sql`delete from experiment_search where rowid in (select experiment_id from search_pending)`),
  query()(
    () => sql`insert into experiment_search (rowid, live, archived)
      select id, iif(archived, '', search_text), iif(archived, search_text, '') from experiment
      where id in (select experiment_id from search_pending)`,
  ),
  query()(() => sql`delete from search_pending`),
];

/** Lets searches find an experiment as it now is, or no more where it goes; from the commit on. */
export async function noteForSearch(tx: Transaction, id: number): Promise<void> {
  if (tx.engine === 'postgres') return;
  const waiting = await tx.first(note, { id });
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
