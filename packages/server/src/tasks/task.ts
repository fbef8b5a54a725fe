import type { TaskStatus } from '../platform/database/schema.ts';

/** A run of an action, as the API shows it. Times are microseconds since 1970-01-01T00:00Z. */
export interface Task {
  /** Its place in lists: the microsecond in which it was received. Internal. */
  readonly id: number;
  readonly uuid: string;
  readonly experimentId: number;
  readonly extensionName: string;
  readonly actionName: string;
  /** Name of the user who started it. */
  readonly createdBy: string;
  readonly createdByUuid: string;
  readonly receivedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly taskStatus: TaskStatus;
  readonly resultCode: number | null;
  /** Name of the log file that the blocking form saves. */
  readonly logFile: string | null;
  /** UUID of the task that it repeats. */
  readonly rerunOf: string | null;
  readonly extensionHash: string | null;
  readonly interpreter: string | null;
  readonly serverVersion: string;
}

/** Whether a task has come to its end, which it never leaves. */
export function hasEnded(status: TaskStatus): boolean {
  return status === 'SUCCESS' || status === 'FAILURE' || status === 'REVOKED';
}

/** The code of a task that ended without one, where a number must be given. */
export const NO_CODE = -1;

/** What waits for changes of a task is woken by this key. */
export function changeKey(taskId: number): string {
  return `task ${taskId}`;
}

/** Wakes whoever waits for any task. */
export const ANY_TASK = 'task';

/** Wakes whoever waits for what a task prints. */
export function outputKey(taskId: number): string {
  return `output of task ${taskId}`;
}
