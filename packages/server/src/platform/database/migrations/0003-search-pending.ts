import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Experiments that SQLite's full-text index has yet to take in. PostgreSQL's index has such a list inside. */
export async function searchPendingTable(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') return;
  await sql.raw('create table search_pending (experiment_id integer primary key)').execute(db);
}
