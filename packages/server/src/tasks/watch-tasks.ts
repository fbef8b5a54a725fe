import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../access/context.ts';
import { requireTokenOfTask } from '../access/task-token.ts';
import { eventsAfter, lastEvent } from '../platform/database/event.queries.ts';
import { findTask, loadTasks, loadVisibleTask, requireJobRight } from './find-task.ts';
import { type OutputChunk, readOutput } from './read-output.ts';
import { ANY_TASK, changeKey, hasEnded, outputKey, type Task } from './task.ts';

/** Other servers' changes are seen after this. */
const LOOK_EVERY_MS = 1000;
const EVENTS_AT_ONCE = 200;
/** Pieces of output after which others have their turn: a reader who takes all at once never lets go by itself. */
const CHUNKS_PER_TURN = 50;

/**
 * A task as it is, then after each change of its state until it has ended; or the changes of all from now on.
 *
 * @param left - Aborts when nobody watches any more. A generator that waits for a change can't be ended in another way.
 */
export function watchTasks(
  ctx: Context,
  taskUuid: string | undefined,
  left: AbortSignal,
): Promise<AsyncGenerator<{ taskUpdated: Task }>> {
  return taskUuid === undefined ? watchAll(ctx, left) : watchOne(ctx, taskUuid, left);
}

/**
 * What a task prints, behind a number, until it has ended.
 *
 * @param left - Aborts when nobody watches any more.
 */
export async function watchOutput(
  ctx: Context,
  taskUuid: string,
  after: number,
  left: AbortSignal,
): Promise<AsyncGenerator<{ taskOutput: OutputChunk }>> {
  const { id } = await findTask(ctx, taskUuid);
  const first = await readOutput(ctx, id, after);
  return chunksOf(ctx, id, after, first, left);
}

async function* chunksOf(ctx: Context, id: number, after: number, first: OutputChunk[], left: AbortSignal) {
  let seen = after;
  let chunks = first;
  let isLast = false;
  while (!left.aborted) {
    await requireTokenOfTask(ctx.db, ctx.viewer);
    for (const [i, chunk] of chunks.entries()) {
      seen = chunk.sequence;
      yield { taskOutput: chunk };
      if ((i + 1) % CHUNKS_PER_TURN === 0) await nextTurn();
    }
    if (isLast && chunks.length === 0) return;
    const stop = new AbortController();
    const change = Promise.race([
      ctx.changes.next(outputKey(id), LOOK_EVERY_MS, stop.signal),
      ctx.changes.next(changeKey(id), LOOK_EVERY_MS, stop.signal),
    ]);
    chunks = await readOutput(ctx, id, seen);
    if (chunks.length === 0) {
      const [task] = await loadTasks(ctx.db, [id]);
      isLast = !task || hasEnded(task.taskStatus);
      // Whatever was printed before the end was written before it.
      if (isLast) chunks = await readOutput(ctx, id, seen);
      else await change;
    }
    stop.abort();
  }
}

async function watchOne(ctx: Context, uuid: string, left: AbortSignal) {
  return statesOf(ctx, await findTask(ctx, uuid), left);
}

async function* statesOf(ctx: Context, first: Task, left: AbortSignal) {
  let state = '';
  for (let task: Task | undefined = first; task && !left.aborted; ) {
    const change = ctx.changes.next(changeKey(first.id), LOOK_EVERY_MS);
    await requireTokenOfTask(ctx.db, ctx.viewer);
    if (task.taskStatus !== state) yield { taskUpdated: task };
    state = task.taskStatus;
    if (hasEnded(task.taskStatus)) return;
    await change;
    [task] = await loadTasks(ctx.db, [first.id]);
  }
}

async function watchAll(ctx: Context, left: AbortSignal) {
  requireJobRight(ctx, 'view');
  return changesOfAll(ctx, (await ctx.db.first(lastEvent, {}))?.sequence ?? 0, left);
}

async function* changesOfAll(ctx: Context, from: number, left: AbortSignal) {
  for (let seen = from; !left.aborted; ) {
    const change = ctx.changes.next(ANY_TASK, LOOK_EVERY_MS);
    await requireTokenOfTask(ctx.db, ctx.viewer);
    const events = await ctx.db.all(eventsAfter, { sequence: seen, limit: EVENTS_AT_ONCE });
    const last = events.at(-1);
    if (!last) {
      await change;
      continue;
    }
    seen = last.sequence;
    const changed = new Set(events.filter(({ kind }) => kind === 'task.changed').map((e) => e.entity_id));
    const tasks = await Promise.all([...changed].map((uuid) => loadVisibleTask(ctx, uuid)));
    for (const task of tasks) if (task) yield { taskUpdated: task };
  }
}
