import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Up to which experiment SQLite's full-text index has taken in all that are not noted in `search_pending`. */
export async function searchTakenIn(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') return;
  await sql.raw('create table search_taken_in (until integer not null)').execute(db);
  await sql.raw('insert into search_taken_in select coalesce(max(id), 0) from experiment').execute(db);
}
