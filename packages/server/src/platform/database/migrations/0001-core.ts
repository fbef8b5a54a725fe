import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Experiments, tags, files, users, events, and what counts and searches them. */
export async function coreTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const serial = engine === 'sqlite' ? 'integer primary key autoincrement' : 'bigserial primary key';
  // Both engines must sort and compare texts alike, whatever the locale of the database: by their bytes.
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"';
  const statements = [
    `create table "user" (uuid text primary key, username ${text} not null unique, created_at bigint not null)`,

    `create table experiment (
      id bigint primary key, uuid text not null unique, eid text not null unique,
      title text not null, description text not null, search_text ${text} not null,
      created_at bigint not null, updated_at bigint not null, created_by text not null references "user" (uuid),
      archived smallint not null, version integer not null, revision integer not null)`,
    'create index experiment_by_creation on experiment (archived, id)',
    'create index experiment_by_author on experiment (created_by, archived, id)',
    'create index experiment_by_update on experiment (archived, updated_at, id)',
    'create index experiment_by_title on experiment (archived, search_text, id)',

    `create table tag (id ${serial}, key ${text} not null unique, name text not null,
      live integer not null, archived integer not null)`,
    `create table experiment_tag (
      tag_id bigint not null references tag (id), archived smallint not null,
      experiment_id bigint not null references experiment (id), primary key (tag_id, archived, experiment_id))
      ${engine === 'sqlite' ? 'without rowid' : ''}`,
    'create unique index experiment_tag_by_experiment on experiment_tag (experiment_id, tag_id)',

    `create table experiment_count (scope text not null, key integer not null, live integer not null,
      archived integer not null, primary key (scope, key)) ${engine === 'sqlite' ? 'without rowid' : ''}`,
    'create table eid_counter (day text primary key, last_number integer not null)',

    `create table file (
      id ${serial}, experiment_id bigint not null references experiment (id), name ${text} not null,
      folded_name ${text} not null, readable_name text not null, object_key text not null unique, size bigint not null, sha256 text not null,
      media_type text not null, created_by text not null references "user" (uuid), modified_at bigint not null,
      unique (experiment_id, name))`,
    'create index file_by_folded_name on file (experiment_id, folded_name)',
    'create table doomed_object (object_key text primary key, readable_path text not null, doomed_at bigint not null)',
    'create index doomed_object_by_path on doomed_object (readable_path)',

    `create table event (sequence ${serial}, kind text not null, entity_id text not null, at bigint not null)`,
    `create table idempotency (
      user_uuid text not null, key text not null, step integer not null, input_hash text not null,
      result_json text not null, created_at bigint not null, primary key (user_uuid, key, step))`,
    'create index idempotency_by_age on idempotency (created_at)',
    'create table meta (key text primary key, value text not null)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
  await (engine === 'sqlite' ? searchTableOfSqlite(db) : searchIndexOfPostgres(db));
}

/**
 * Contentless: the folded texts are in `experiment` already. Two columns instead of a flag, so that "matches and is
 * not archived" is answered by the index alone.
 */
async function searchTableOfSqlite(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create virtual table experiment_search using fts5 (live, archived, content='', contentless_delete=1,
      tokenize='trigram case_sensitive 1')`)
    .execute(db);
}

async function searchIndexOfPostgres(db: Kysely<unknown>): Promise<void> {
  await sql.raw('create extension if not exists pg_trgm with schema public').execute(db);
  await sql
    .raw('create index experiment_search on experiment using gin (search_text public.gin_trgm_ops)')
    .execute(db);
}
