import type { Context } from '../access/context.ts';
import { mayDo, requireScope } from '../access/require-scope.ts';
import { placesByEids } from '../experiments/experiment.queries.ts';
import { findToChange } from '../experiments/find-experiment.ts';
import type { Action, Extension, ParameterValue } from '../extensions/extension.ts';
import type { Transaction } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { noteChange } from './end-task.ts';
import { loadTasks } from './find-task.ts';
import { offerFound } from './take-task.ts';
import { insertTask } from './task.queries.ts';
import type { Task } from './task.ts';

/** What a task is to do. */
export interface Submission {
  readonly experimentUuid: string;
  readonly extension: Extension;
  readonly action: Action;
  readonly parameters: readonly ParameterValue[];
  /** Whether somebody waits for the end, and so for the log file. */
  readonly isBlocking: boolean;
  /** UUID of the task that it repeats. */
  readonly rerunOf?: string;
}

/** Writes down a task and its job, together; the queue runs it after the commit. */
export async function submitTask(ctx: Context, submission: Submission): Promise<Task> {
  requireScope(ctx.viewer, 'job::create');
  const { experimentUuid, extension, action, parameters, isBlocking, rerunOf } = submission;
  let written: Task | undefined;
  const id = await ctx.write(async (tx) => {
    const notFound = 'Experiment not found in the database.';
    const experiment = await findToChange(ctx, tx, 'edit', experimentUuid, notFound);
    await requireNamedExperiments(ctx, tx, parameters);
    const receivedAt = ctx.clock.now();
    const uuid = ctx.newUuid();
    const row = {
      uuid,
      experimentId: experiment.id,
      extensionName: extension.name,
      actionName: action.name,
      parameters: JSON.stringify(parameters),
      script: action.script,
      createdBy: ctx.viewer.uuid,
      receivedAt,
      isBlocking: isBlocking ? 1 : 0,
      isNarrowed: extension.access === 'parameters' ? 1 : 0,
      rerunOf: rerunOf ?? null,
      serverVersion: ctx.version,
    } as const;
    // The microsecond in which it was received, or the next one that no task has.
    let taskId = receivedAt;
    while ((await tx.run(insertTask, { ...row, id: taskId })) === 0) taskId += 1;
    offerFound(tx, { extension, action });
    await ctx.queue.add(tx, taskId);
    await noteChange(ctx, tx, taskId, uuid);
    // Not after the commit: where that failed, the task would run, and its starter would not know.
    [written] = await loadTasks(tx, [taskId]);
    return taskId;
  });
  // A repeat with the same Idempotency-Key has written nothing.
  const [task] = written ? [written] : await loadTasks(ctx.db, [id]);
  if (!task) throw new AqueductError('NOT_FOUND', 'The experiment of the task was removed meanwhile.');
  return task;
}

/** An EID of no experiment stops nothing; one that the caller may not use does, and looks like none. */
async function requireNamedExperiments(
  ctx: Context,
  tx: Transaction,
  parameters: readonly ParameterValue[],
): Promise<void> {
  const eids = parameters.filter(({ dataType }) => dataType === 'experiment').map(({ value }) => value);
  for (const row of await tx.all(placesByEids, { eids })) {
    const experiment = { uuid: row.uuid, createdByUuid: row.created_by };
    if (mayDo(ctx.viewer, 'view', experiment) && mayDo(ctx.viewer, 'edit', experiment)) continue;
    throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified eid for the user.');
  }
}
