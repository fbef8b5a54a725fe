import type { Context } from '../access/context.ts';
import { mayDo } from '../access/require-scope.ts';
import { findPlaces, loadTasks } from './find-task.ts';
import { type Submission, submitTask } from './submit-task.ts';
import type { Task } from './task.ts';

/**
 * Submits a task once it is clear what it is to do. A repeat with the same `Idempotency-Key` answers as the first did,
 * also where the extension has changed since, so that the request would be refused now: its task runs.
 *
 * @param prepare - Finds out what is to be done, and throws where it can't be.
 */
export async function submitOnce(ctx: Context, prepare: () => Promise<Submission>): Promise<Task> {
  let submission: Submission;
  try {
    submission = await prepare();
  } catch (refusal) {
    return submittedBefore(ctx, refusal);
  }
  return submitTask(ctx, submission);
}

/** @throws the refusal, unless this request was here before and its task may be seen. */
async function submittedBefore(ctx: Context, refusal: unknown): Promise<Task> {
  if (!ctx.idempotency) throw refusal;
  // In the place of the write of submitTask: where that was done, its result is answered and nothing thrown.
  const id = await ctx.write<number>(() => Promise.reject(refusal));
  const [task] = await loadTasks(ctx.db, [id]);
  const [place] = task ? await findPlaces(ctx.db, [task.uuid]) : [];
  if (task && place && mayDo(ctx.viewer, 'view', place.experiment)) return task;
  throw refusal;
}
