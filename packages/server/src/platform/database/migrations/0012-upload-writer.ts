import { type Kysely, sql } from 'kysely';

/** Which server adds bytes to an upload: where two share a database, both may be asked to. */
export async function uploadWriter(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table upload add column writer text').execute(db);
}
