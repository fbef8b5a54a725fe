import { endTask } from './end-task.ts';
import type { Runner } from './runner.ts';
import { taskState } from './task.queries.ts';
import { insertChunk, lastSequence } from './task-output.queries.ts';
import { TaskProcesses } from './task-processes.ts';

const MESSAGE =
  'The worker of this task was lost: its server ended or could not be reached. The task was not run again; ' +
  'what it printed until then is above.\n';

/** Ends a task whose worker is gone, and what is left of its processes on this machine. */
export async function loseTask(runner: Runner, taskId: number, isOwnHome: boolean): Promise<void> {
  const { services } = runner;
  const { db, clock, log } = services;
  const uuid = await db.write(async (tx) => {
    const state = await tx.first(taskState, { id: taskId });
    const sequence = ((await tx.first(lastSequence, { id: taskId }))?.sequence ?? 0) + 1;
    if (state) {
      const bytes = Buffer.from(MESSAGE);
      await tx.run(insertChunk, { id: taskId, sequence, stream: 2, bytes, now: clock.now() });
    }
    await endTask(services, tx, taskId, { resultCode: null, logFile: null });
    return state?.uuid;
  });
  if (uuid === undefined) return;
  log.warn({ task: uuid }, 'the worker of a task was lost; the task has failed');
  if (isOwnHome) void runner.keeper.clean(new TaskProcesses(uuid));
}
