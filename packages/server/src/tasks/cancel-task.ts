import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { endTask } from './end-task.ts';
import { findPlaces, loadTasks, mayDoWithTask, requireJobRight } from './find-task.ts';
import { requestCancel, taskState } from './task.queries.ts';
import { hasEnded, type Task } from './task.ts';

/** Asks a task to end. It is REVOKED once its processes have; what has ended stays as it is. */
export async function cancelTask(ctx: Context, uuid: string): Promise<Task> {
  requireJobRight(ctx, 'cancel');
  let asked: Task | undefined;
  const id = await ctx.write(async (tx) => {
    const [place] = await findPlaces(tx, [uuid]);
    const state = place && (await tx.first(taskState, { id: place.id }));
    if (!place || !state || !mayDoWithTask(ctx, 'cancel', place)) throw unknownTask();
    if (!hasEnded(state.status)) {
      await tx.run(requestCancel, { id: place.id, now: ctx.clock.now() });
      const job = await ctx.queue.cancel(tx, place.id);
      if (job !== 'running') await endTask(ctx, tx, place.id, { resultCode: null, logFile: null });
    }
    // Not after the commit: where that failed, the caller would hear that nothing was changed.
    [asked] = await loadTasks(tx, [place.id]);
    return place.id;
  });
  // A repeat with the same Idempotency-Key has asked for nothing.
  const [task] = asked ? [asked] : await loadTasks(ctx.db, [id]);
  if (!task) throw unknownTask();
  return task;
}

function unknownTask(): AqueductError {
  return new AqueductError(
    'NOT_FOUND',
    'DB query failed as task does not exist, or user has no access to cancel it.',
  );
}
