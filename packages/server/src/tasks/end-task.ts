import type { Services } from '../access/context.ts';
import { revokeTaskTokens } from '../access/task-token.ts';
import type { Transaction } from '../platform/database/database.ts';
import { setEnded, taskState } from './task.queries.ts';
import { ANY_TASK, changeKey, hasEnded } from './task.ts';

/** How the process of a task ended. */
export interface Outcome {
  /** The exit code, negative for a signal; null where there was no process, or it is not known. */
  readonly resultCode: number | null;
  readonly logFile: string | null;
  /** Whether it was cancelled, maybe where nothing could be written. */
  readonly isCancelled?: boolean;
}

type Needs = Pick<Services, 'clock' | 'queue' | 'changes'>;

/**
 * Brings a task to its one end, in the transaction that forgets its job and its token. What has ended stays as it is.
 * A task whose cancelling was asked for is REVOKED, however its process ended.
 */
export async function endTask(
  { clock, queue, changes }: Needs,
  tx: Transaction,
  taskId: number,
  { resultCode, logFile, isCancelled = false }: Outcome,
): Promise<void> {
  await queue.finish(tx, taskId);
  const state = await tx.first(taskState, { id: taskId });
  if (!state || hasEnded(state.status)) return;
  const isRevoked = isCancelled || state.cancel_requested_at !== null;
  const status = isRevoked ? 'REVOKED' : resultCode === 0 ? 'SUCCESS' : 'FAILURE';
  await tx.run(setEnded, { id: taskId, status, resultCode, logFile, now: clock.now() });
  await revokeTaskTokens(tx, state.uuid);
  await noteChange({ changes }, tx, taskId, state.uuid);
}

/** Tells everybody that the state of a task has changed. */
export async function noteChange(
  { changes }: Pick<Services, 'changes'>,
  tx: Transaction,
  taskId: number,
  taskUuid: string,
): Promise<void> {
  await tx.appendEvent('task.changed', taskUuid);
  tx.afterCommit(() => {
    changes.notify(changeKey(taskId));
    changes.notify(ANY_TASK);
  });
}
