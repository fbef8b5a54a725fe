import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/**
 * Lets SQLite read a page of the plain list, ids with their revisions, from the index alone: looking up each row takes as
 * long as all the rest of it. PostgreSQL would have to look at the rows in any case, and to write all indexes of a row whose
 * revision moves on.
 */
export async function coveringIndex(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') return;
  await sql.raw('drop index experiment_by_creation').execute(db);
  await sql.raw('create index experiment_by_creation on experiment (archived, id, revision)').execute(db);
}
