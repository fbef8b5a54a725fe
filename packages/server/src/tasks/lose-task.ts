import type { Transaction } from '../platform/database/database.ts';
import { endTask } from './end-task.ts';
import type { Runner } from './runner.ts';
import { taskState } from './task.queries.ts';
import { hasEnded } from './task.ts';
import { insertChunk, lastSequence } from './task-output.queries.ts';

const LOST =
  'The worker of this task was lost: its server ended or could not be reached. The task was not run again; ' +
  'what it printed until then is above.\n';
const NOT_RUN =
  'This task was not run: the server that received it is gone, and no other one runs what waited there. Submit it again.\n';

/** Numbers in front of the message, for what a worker writes that could not be reached but lives: none of it is lost. */
const ROOM_FOR_LATE_CHUNKS = 1_000_000;

/** Ends a task whose worker, or whose server before it took it, is gone, and what is left of its processes here. */
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
    const wasTaken = state.status !== 'PENDING';
    const bytes = Buffer.from(wasTaken ? LOST : NOT_RUN);
    const sequence = last + ROOM_FOR_LATE_CHUNKS;
    await tx.run(insertChunk, { id: taskId, sequence, stream: 2, bytes, now: services.clock.now() });
    const what = wasTaken ? 'the worker of a task was lost' : 'a task waited for a server that is gone';
    tx.afterCommit(() => services.log.warn({ task: state.uuid }, `${what}; the task has failed`));
  }
  await endTask(services, tx, taskId, { resultCode: null, logFile: null });
  if (state && isOwnHome) tx.afterCommit(() => void runner.keeper.cleanLost(state.uuid));
}
