import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/**
 * What makes SQLite faster; PostgreSQL stays as it is.
 *
 * A page of the plain list, ids with their revisions, is read from the index alone: looking up each row takes as long as
 * all the rest of it. (PostgreSQL would look at the rows in any case, and write all indexes of a row whose revision moves on.)
 * And events, of which none is ever removed, are numbered without a table of their own for that: a page less to write for
 * each.
 */
export async function fewerPages(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') return;
  const statements = [
    'drop index experiment_by_creation',
    'create index experiment_by_creation on experiment (archived, id, revision)',
    'alter table event rename to old_event',
    `create table event (sequence integer primary key, kind text not null, entity_id text not null, at bigint not null)`,
    'insert into event select sequence, kind, entity_id, at from old_event',
    'drop table old_event',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
