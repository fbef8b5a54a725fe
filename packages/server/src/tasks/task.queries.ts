import { sql } from 'kysely';
import { query } from '../platform/database/query.ts';
import type { TaskStatus } from '../platform/database/schema.ts';

/** What is written of a task as it is submitted. */
export interface NewTask {
  id: number;
  uuid: string;
  experimentId: number;
  extensionName: string;
  actionName: string;
  parameters: string;
  script: string;
  createdBy: string;
  receivedAt: number;
  isBlocking: 0 | 1;
  isNarrowed: 0 | 1;
  rerunOf: string | null;
  serverVersion: string;
}

/** Changes nothing where another has the id. */
export const insertTask = query<NewTask>()((db, p) =>
  db
    .insertInto('task')
    .values({
      id: p.id,
      uuid: p.uuid,
      experiment_id: p.experimentId,
      extension_name: p.extensionName,
      action_name: p.actionName,
      parameters_json: p.parameters,
      script: p.script,
      created_by: p.createdBy,
      received_at: p.receivedAt,
      started_at: null,
      ended_at: null,
      status: 'PENDING',
      result_code: null,
      cancel_requested_at: null,
      is_blocking: p.isBlocking,
      log_file: null,
      is_narrowed: p.isNarrowed,
      rerun_of: p.rerunOf,
      extension_hash: null,
      interpreter: null,
      packages_json: '[]',
      server_version: p.serverVersion,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

/** Without what {@link runRecords} gives. */
export const tasksById = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task')
    .innerJoin('user', 'user.uuid', 'task.created_by')
    .select(['task.id', 'task.uuid', 'experiment_id', 'extension_name', 'action_name'])
    .select(['task.created_by', 'user.username', 'received_at', 'started_at', 'ended_at', 'status'])
    .select(['result_code', 'log_file', 'rerun_of', 'extension_hash', 'interpreter', 'server_version'])
    .where(dialect.isAmong('task.id', p.ids)),
);

/** What tasks were given, and what they ran. */
export const runRecords = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task')
    .select(['id', 'parameters_json', 'script', 'packages_json'])
    .where(dialect.isAmong('task.id', p.ids)),
);

/** How many bytes that is; to tell them, neither engine reads the texts. */
export const sizesOfRunRecords = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task')
    .select(
      sql<number>`octet_length(parameters_json) + octet_length(script) + octet_length(packages_json)`.as(
        'size',
      ),
    )
    .where(dialect.isAmong('task.id', p.ids)),
);

/** Where tasks lie, and what rights on them depend on. */
export const taskPlaces = query<{ uuids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('task')
    .innerJoin('experiment', 'experiment.id', 'task.experiment_id')
    .select(['task.id', 'task.uuid', 'task.created_by as starter'])
    .select(['experiment.uuid as experiment_uuid', 'experiment.created_by as author'])
    .where(dialect.isAmong('task.uuid', p.uuids)),
);

/** What a running task is about. */
export const taskToRun = query<{ id: number }>()((db, p) =>
  db
    .selectFrom('task')
    .innerJoin('experiment', 'experiment.id', 'task.experiment_id')
    .selectAll('task')
    .select(['experiment.uuid as experiment_uuid', 'experiment.eid'])
    .where('task.id', '=', p.id),
);

export const taskState = query<{ id: number }>()((db, p) =>
  db.selectFrom('task').select(['uuid', 'status', 'cancel_requested_at']).where('id', '=', p.id),
);

export const requestCancel = query<{ id: number; now: number }>()((db, p) =>
  db
    .updateTable('task')
    .set({ cancel_requested_at: sql<number>`coalesce(cancel_requested_at, ${p.now})` })
    .where('id', '=', p.id),
);

export const setReceived = query<{ id: number }>()((db, p) =>
  db.updateTable('task').set({ status: 'RECEIVED' }).where('id', '=', p.id).where('status', '=', 'PENDING'),
);

export const setStarted = query<{
  id: number;
  now: number;
  script: string;
  hash: string;
  interpreter: string;
  packages: string;
}>()((db, p) =>
  db
    .updateTable('task')
    .set({
      status: 'STARTED',
      started_at: p.now,
      script: p.script,
      extension_hash: p.hash,
      interpreter: p.interpreter,
      packages_json: p.packages,
    })
    .where('id', '=', p.id)
    .where('ended_at', 'is', null),
);

export const setHash = query<{ id: number; hash: string }>()((db, p) =>
  db.updateTable('task').set({ extension_hash: p.hash }).where('id', '=', p.id),
);

export const setEnded = query<{
  id: number;
  status: TaskStatus;
  resultCode: number | null;
  logFile: string | null;
  now: number;
}>()((db, p) =>
  db
    .updateTable('task')
    .set({ status: p.status, result_code: p.resultCode, log_file: p.logFile, ended_at: p.now })
    .where('id', '=', p.id),
);

/** Tasks of experiments, the newest first. */
export const taskIdsOfExperiments = query<{ ids: readonly number[]; limit: number }>()((db, p, dialect) =>
  db
    .selectFrom('task')
    .select(['id', 'created_by'])
    .where(dialect.isAmong('task.experiment_id', p.ids))
    .orderBy('id', 'desc')
    .limit(p.limit),
);

/** All tasks of an experiment, and whether they have ended. */
export const endsOfTasks = query<{ experimentId: number }>()((db, p) =>
  db.selectFrom('task').select(['id', 'uuid', 'ended_at']).where('experiment_id', '=', p.experimentId),
);

/** What goes before the tasks of an experiment can. */
export const deleteTaskFilesOf = query<{ experimentId: number }>()((db, p) =>
  db
    .deleteFrom('task_file')
    .where('task_id', 'in', (e) =>
      e.selectFrom('task').select('id').where('experiment_id', '=', p.experimentId),
    ),
);
export const deleteTasksOf = query<{ experimentId: number }>()((db, p) =>
  db.deleteFrom('task').where('experiment_id', '=', p.experimentId),
);
