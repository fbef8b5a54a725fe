import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { loadTasks } from './find-task.ts';
import { changeKey, hasEnded, type Task } from './task.ts';

/** Another server may end it. */
const LOOK_EVERY_MS = 1000;

/**
 * Resolves with the task when it has ended.
 *
 * @throws AqueductError `NOT_FOUND` when its experiment is removed, `UNAVAILABLE` when the server stops before its end is known.
 */
export async function waitForEnd(ctx: Context, task: Task): Promise<Task> {
  for (;;) {
    const change = ctx.changes.next(changeKey(task.id), LOOK_EVERY_MS);
    const isLast = ctx.queue.hasStopped;
    const current = await lookAt(ctx, task);
    if (!current) throw new AqueductError('NOT_FOUND', 'The experiment was removed while its task ran.');
    if (hasEnded(current.taskStatus)) return current;
    if (isLast) throw stopsBefore(task);
    await change;
  }
}

function stopsBefore({ uuid }: Task): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    `This server is being stopped before the task ${uuid} has ended. Look what became of it when the server is back.`,
  );
}

/** The task as it is now. It runs on while the database is away, when nothing newer is known of it. */
async function lookAt(ctx: Context, task: Task): Promise<Task | undefined> {
  try {
    const [current] = await loadTasks(ctx.db, [task.id]);
    return current;
  } catch (error) {
    if (asAqueductError(error).code === 'UNAVAILABLE') return task;
    throw error;
  }
}
