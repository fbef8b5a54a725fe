import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/** Tasks, what they print, read and write, and what they show to act for their starters. */
export async function taskTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"';
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  const statements = [
    'alter table file add column task_uuid text',

    `create table task (
      id bigint primary key, uuid text not null unique, experiment_id bigint not null references experiment (id),
      extension_name ${text} not null, action_name ${text} not null, parameters_json text not null, script text not null,
      created_by text not null references "user" (uuid), received_at bigint not null, started_at bigint, ended_at bigint,
      status text not null, result_code integer, cancel_requested_at bigint,
      is_blocking smallint not null, log_file text, is_narrowed smallint not null, rerun_of text,
      extension_hash text, interpreter text, packages_json text not null, server_version text not null)`,
    'create index task_by_experiment on task (experiment_id, id)',
    'create index task_by_action on task (extension_name, action_name, id)',
    'create index task_by_starter on task (created_by, id)',

    'create table worker (id text primary key, home text not null, seen_at bigint not null)',
    'create table job (id bigint primary key, home text not null, worker text, cancelled smallint not null)',
    'create index job_by_worker on job (home, worker, id)',

    `create table task_output (
      task_id bigint not null references task (id), sequence integer not null, stream smallint not null,
      bytes ${bytes} not null, written_at bigint not null, primary key (task_id, sequence))`,
    `create table task_file (
      task_id bigint not null references task (id), role text not null, experiment_uuid text not null, eid text not null,
      name ${text} not null, sha256 text not null, size bigint not null, given smallint not null, at bigint,
      primary key (task_id, role, experiment_uuid, name, sha256))`,
    `create table task_token (
      token_hash text primary key, task_uuid text not null, user_uuid text not null references "user" (uuid),
      experiments_json text)`,
    'create index task_token_by_task on task_token (task_uuid)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
