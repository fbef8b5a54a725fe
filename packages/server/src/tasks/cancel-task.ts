import type { Context } from '../access/context.ts';
import type { Executor } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { isPassing } from '../platform/errors/as-aqueduct-error.ts';
import { endTask } from './end-task.ts';
import { findPlaces, loadTasks, mayDoWithTask, requireJobRight, type TaskPlace } from './find-task.ts';
import { requestCancel, taskState } from './task.queries.ts';
import { hasEnded, type Task } from './task.ts';

/** Asks a task to end. It is REVOKED once its processes have; what has ended stays as it is. */
export async function cancelTask(ctx: Context, uuid: string): Promise<Task> {
  requireJobRight(ctx, 'cancel');
  let asked: Task | undefined;
  const cancel = ctx.write(async (tx) => {
    const place = await findToCancel(ctx, tx, uuid);
    const state = await tx.first(taskState, { id: place.id });
    if (state && !hasEnded(state.status)) {
      await tx.run(requestCancel, { id: place.id, now: ctx.clock.now() });
      const job = await ctx.queue.cancel(tx, place.id);
      if (job !== 'running') await endTask(ctx, tx, place.id, { resultCode: null, logFile: null });
    }
    // Not after the commit: where that failed, the caller would hear that nothing was changed.
    [asked] = await loadTasks(tx, [place.id]);
    return place.id;
  });
  const id = await cancel.catch((error: unknown) => cancelUnwritten(ctx, uuid, error));
  // A repeat with the same Idempotency-Key has asked for nothing.
  const [task] = asked ? [asked] : await loadTasks(ctx.db, [id]);
  if (!task) throw unknownTask();
  return task;
}

async function findToCancel(ctx: Context, db: Executor, uuid: string): Promise<TaskPlace> {
  const [place] = await findPlaces(db, [uuid]);
  if (place && mayDoWithTask(ctx, 'cancel', place)) return place;
  throw unknownTask();
}

/**
 * A script that fills the disk, or keeps an instrument busy, must end also while the database takes nothing. That it was
 * cancelled is written with its end.
 *
 * @throws the error where that is no reason, or the task does not run here.
 */
async function cancelUnwritten(ctx: Context, uuid: string, error: unknown): Promise<number> {
  if (!isPassing(error)) throw error;
  const { id } = await findToCancel(ctx, ctx.db, uuid);
  if (!ctx.queue.cancelUnwritten(id)) throw error;
  ctx.log.warn({ err: error, task: uuid }, 'a task is cancelled though that can not be written down yet');
  return id;
}

function unknownTask(): AqueductError {
  return new AqueductError(
    'NOT_FOUND',
    'DB query failed as task does not exist, or user has no access to cancel it.',
  );
}
