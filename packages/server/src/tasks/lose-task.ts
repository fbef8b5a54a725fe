import type { Transaction } from '../platform/database/database.ts';
import { endTask } from './end-task.ts';
import type { Runner } from './runner.ts';
import { taskState } from './task.queries.ts';
import { hasEnded } from './task.ts';
import { insertChunk, lastSequence } from './task-output.queries.ts';
import { TaskProcesses } from './task-processes.ts';

const MESSAGE =
  'The worker of this task was lost: its server ended or could not be reached. The task was not run again; ' +
  'what it printed until then is above.\n';

/** Numbers in front of the message, for what a worker writes that could not be reached but lives: none of it is lost. */
const ROOM_FOR_LATE_CHUNKS = 1_000_000;

/** Ends a task whose worker is gone, and what is left of its processes on this machine. */
export async function loseTask(
  runner: Runner,
  tx: Transaction,
  taskId: number,
  isOwnHome: boolean,
): Promise<void> {
  const { services } = runner;
  const state = await tx.first(taskState, { id: taskId });
  if (state && !hasEnded(state.status)) {
    const last = (await tx.first(lastSequence, { id: taskId }))?.sequence ?? 0;
    const bytes = Buffer.from(MESSAGE);
    const sequence = last + ROOM_FOR_LATE_CHUNKS;
    await tx.run(insertChunk, { id: taskId, sequence, stream: 2, bytes, now: services.clock.now() });
    tx.afterCommit(() =>
      services.log.warn({ task: state.uuid }, 'the worker of a task was lost; the task has failed'),
    );
  }
  await endTask(services, tx, taskId, { resultCode: null, logFile: null });
  if (state && isOwnHome) tx.afterCommit(() => void runner.keeper.clean(new TaskProcesses(state.uuid)));
}
