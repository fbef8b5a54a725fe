import type { Pool } from 'pg';
import { POSTGRES_SCHEMA } from './postgres-pools.ts';

/**
 * A dump of the schema holds no extension: where it was put back without one, the index could not be made, and
 * PostgreSQL goes on without it.
 */
export async function mendSearchIndex(pool: Pool, unhurried: Pool): Promise<void> {
  const { rows } = await pool.query<{ isThere: boolean }>('select to_regclass($1) is not null as "isThere"', [
    `${POSTGRES_SCHEMA}.experiment_search`,
  ]);
  if (rows[0]?.isThere) return;
  // One transaction, as they are sent together. The lock lets one of several starting servers do it, and waits for writers;
  // who has no right to make extensions may have one that an administrator made.
  await unhurried.query(`
    lock table ${POSTGRES_SCHEMA}.experiment in share row exclusive mode;
    create extension if not exists pg_trgm with schema public;
    create index if not exists experiment_search on ${POSTGRES_SCHEMA}.experiment
      using gin (search_text public.gin_trgm_ops)`);
}
