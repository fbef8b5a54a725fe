import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { loadTasks } from './find-task.ts';
import { changeKey, hasEnded, type Task } from './task.ts';

/** Another server may end it. */
const LOOK_EVERY_MS = 1000;

/** Resolves with the task when it has ended. */
export async function waitForEnd(ctx: Context, task: Task): Promise<Task> {
  for (;;) {
    const change = ctx.changes.next(changeKey(task.id), LOOK_EVERY_MS);
    const [current] = await loadTasks(ctx.db, [task.id]);
    if (!current) throw new AqueductError('NOT_FOUND', 'The experiment was removed while its task ran.');
    if (hasEnded(current.taskStatus)) return current;
    await change;
  }
}
