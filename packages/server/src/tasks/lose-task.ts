import { endTask } from './end-task.ts';
import type { Runner } from './runner.ts';
import { taskState } from './task.queries.ts';
import { insertChunk, lastSequence } from './task-output.queries.ts';

const MESSAGE =
  'The worker of this task was lost: its server ended or could not be reached. The task was not run again; ' +
  'what it printed until then is above.\n';

/** Ends a task whose worker is gone, and what is left of its processes on this machine. */
export async function loseTask(runner: Runner, taskId: number, isOwnHome: boolean): Promise<void> {
  const { services } = runner;
  const { db, clock, log } = services;
  const state = await db.first(taskState, { id: taskId });
  await db.write(async (tx) => {
    const sequence = ((await tx.first(lastSequence, { id: taskId }))?.sequence ?? 0) + 1;
    if (await tx.first(taskState, { id: taskId })) {
      const bytes = Buffer.from(MESSAGE);
      await tx.run(insertChunk, { id: taskId, sequence, stream: 2, bytes, now: clock.now() });
    }
    await endTask(services, tx, taskId, { resultCode: null, logFile: null });
  });
  if (!state) return;
  log.warn({ task: state.uuid }, 'the worker of a task was lost; the task has failed');
  if (isOwnHome) void runner.left.end(state.uuid);
}
