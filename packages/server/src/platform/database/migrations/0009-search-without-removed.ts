import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Where many experiments were removed in a row, every 256th stayed in SQLite's full-text index, and was counted there. */
export async function searchWithoutRemoved(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') return;
  await sql.raw('delete from experiment_search where rowid not in (select id from experiment)').execute(db);
}
