import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import { mayDo, requireScope } from '../access/require-scope.ts';
import type { Executor } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { taskPlaces, tasksById } from './task.queries.ts';
import type { Task } from './task.ts';

/** What can be allowed for one's own tasks, or for all. */
type JobRight = 'view' | 'cancel';

/** Where a task lies, and what rights on it depend on. */
export interface TaskPlace {
  readonly id: number;
  readonly uuid: string;
  readonly starter: string;
  readonly experiment: { readonly uuid: string; readonly createdByUuid: string };
}

/** @throws AqueductError `FORBIDDEN` when the caller has the right for no task at all. */
export function requireJobRight(ctx: Context, right: JobRight): void {
  if (!ctx.viewer.scopes.has(`job::${right}::all`)) requireScope(ctx.viewer, `job::${right}::own`);
}

/** Whether the caller may do something with a task: it needs the right to the task, and to see its experiment. */
export function mayDoWithTask(
  { viewer }: Context,
  right: JobRight,
  { starter, experiment }: Pick<TaskPlace, 'starter' | 'experiment'>,
): boolean {
  const { scopes, uuid } = viewer;
  const hasRight = scopes.has(`job::${right}::all`) || (scopes.has(`job::${right}::own`) && starter === uuid);
  return hasRight && mayDo(viewer, 'view', experiment);
}

/** Finds a task as clients ask for it. */
export async function findTask(ctx: Context, uuid: string): Promise<Task> {
  requireJobRight(ctx, 'view');
  const task = await loadVisibleTask(ctx, uuid);
  if (task) return task;
  throw new AqueductError(
    'NOT_FOUND',
    'DB query failed due to non-existing task with the specified task id.',
  );
}

/** The task, if there is one that the caller may see; those that a page asks for are read together. */
export const loadVisibleTask = readTogether(readVisible);

async function readVisible(ctx: Context, uuids: readonly string[]): Promise<(Task | null)[]> {
  const places = await findPlaces(ctx.db, uuids);
  const visible = places.filter((place) => mayDoWithTask(ctx, 'view', place));
  const tasks = await loadTasks(
    ctx.db,
    visible.map(({ id }) => id),
  );
  const byUuid = new Map(tasks.map((task) => [task.uuid, task]));
  return uuids.map((uuid) => byUuid.get(uuid) ?? null);
}

/** Where tasks lie, in no order; those that there are not are left out. */
export async function findPlaces(db: Executor, uuids: readonly string[]): Promise<TaskPlace[]> {
  const rows = await db.all(taskPlaces, { uuids });
  return rows.map((row) => ({
    id: row.id,
    uuid: row.uuid,
    starter: row.starter,
    experiment: { uuid: row.experiment_uuid, createdByUuid: row.author },
  }));
}

/** The records of these tasks, in their order; those removed meanwhile are left out. */
export async function loadTasks(db: Executor, ids: readonly number[]): Promise<Task[]> {
  if (ids.length === 0) return [];
  const rows = await db.all(tasksById, { ids });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        id,
        uuid: row.uuid,
        experimentId: row.experiment_id,
        extensionName: row.extension_name,
        actionName: row.action_name,
        createdBy: row.username,
        createdByUuid: row.created_by,
        receivedAt: row.received_at,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        taskStatus: row.status,
        resultCode: row.result_code,
        logFile: row.log_file,
        rerunOf: row.rerun_of,
        extensionHash: row.extension_hash,
        interpreter: row.interpreter,
        serverVersion: row.server_version,
      },
    ];
  });
}
