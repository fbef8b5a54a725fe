import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

/**
 * What a task has printed may outlive it, until it is deleted in the background; which tasks these are stands in a table.
 *
 * SQLite can take a reference from a table only in the text of the schema, or by copying the table, which may hold most of
 * the bytes of the database. Its documentation names this way for constraints; what is stored stays as it is.
 */
export async function doomedOutput(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const withoutReference =
    engine === 'sqlite'
      ? [
          'pragma writable_schema = on',
          "update sqlite_schema set sql = replace(sql, ' references task (id)', '') where name = 'task_output'",
          'pragma writable_schema = reset',
        ]
      : ['alter table task_output drop constraint if exists task_output_task_id_fkey'];
  // The last one also tells other connections that the schema is another one.
  const statements = [
    ...withoutReference,
    'create table if not exists doomed_output (task_id bigint primary key)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
