import { query } from '../platform/database/query.ts';

/** That a task was given, has read or has uploaded a version of a file. */
export interface TaskFileNote {
  readonly id: number;
  readonly role: 'input' | 'output';
  readonly experimentUuid: string;
  readonly eid: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly given: 0 | 1;
  readonly at: number | null;
}

/** The first time counts. */
export const noteTaskFile = query<TaskFileNote>()((db, p) =>
  db
    .insertInto('task_file')
    .values({
      task_id: p.id,
      role: p.role,
      experiment_uuid: p.experimentUuid,
      eid: p.eid,
      name: p.name,
      sha256: p.sha256,
      size: p.size,
      given: p.given,
      at: p.at,
    })
    .onConflict((conflict) =>
      conflict.columns(['task_id', 'role', 'experiment_uuid', 'name', 'sha256']).doUpdateSet((e) => ({
        at: e.fn.coalesce('task_file.at', 'excluded.at'),
      })),
    ),
);

export const filesOfTasks = query<{ ids: readonly number[]; role: 'input' | 'output'; limit: number }>()(
  (db, p, dialect) =>
    db
      .selectFrom('task_file')
      .selectAll()
      .where(dialect.isAmong('task_file.task_id', p.ids))
      .where('role', '=', p.role)
      .orderBy('eid')
      .orderBy('name')
      .limit(p.limit),
);

export const isReadNoted = query<{ id: number; experimentUuid: string; name: string; sha256: string }>()(
  (db, p) =>
    db
      .selectFrom('task_file')
      .select('at')
      .where('task_id', '=', p.id)
      .where('role', '=', 'input')
      .where('experiment_uuid', '=', p.experimentUuid)
      .where('name', '=', p.name)
      .where('sha256', '=', p.sha256)
      .where('at', 'is not', null),
);
