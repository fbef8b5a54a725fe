import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Uploads that may go on after a broken connection or a restart. */
export async function uploadTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"';
  const statements = [
    `create table upload (
      id text primary key, experiment_id bigint not null references experiment (id), name ${text} not null,
      size bigint not null, received bigint not null, metadata_json text not null, promised_sha256 text,
      object_key text, sha256 text, created_by text not null references "user" (uuid), touched_at bigint not null,
      is_finished smallint not null)`,
    'create index upload_by_experiment on upload (experiment_id)',
    'create index upload_by_touch on upload (touched_at)',
    'create index upload_by_object on upload (object_key)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
