import { checkTimeout } from '../check-arguments.ts';
import type { OptionChecks } from '../check-options.ts';
import { Failure } from '../errors/failure.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { type FollowedTask, taskStates } from './task-changes.ts';
import { hasEnded, type TaskSnapshot } from './task-snapshot.ts';

/** Options of `Task.wait`. */
export interface WaitOptions extends RequestOptions {
  /** Seconds after which to stop waiting; without it, however long it takes. */
  readonly timeout?: number | undefined;
}

export const waitOptions: OptionChecks<WaitOptions> = { timeout: checkTimeout, ...requestOptions };

/** The task as it is when it has ended. It is a Failure if it has not within the timeout. */
export async function waitForTask(
  task: FollowedTask,
  { signal, timeout }: WaitOptions,
): Promise<TaskSnapshot> {
  const late = new AbortController();
  const timer =
    timeout === undefined ? undefined : setTimeout(() => late.abort(notEnded(timeout)), timeout * 1000);
  try {
    const both = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    for await (const snapshot of taskStates(task, both)) if (hasEnded(snapshot.taskStatus)) return snapshot;
    throw new Failure('BAD_ANSWER', 'The server said that it has ended, but not how.');
  } finally {
    clearTimeout(timer);
  }
}

function notEnded(seconds: number): Failure {
  return new Failure(
    'TIMEOUT',
    `It has not ended within ${seconds} s, and goes on. Wait again, or cancel it with cancelTask().`,
  );
}
