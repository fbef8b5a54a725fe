import type { Transaction } from '../database/database.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** About as long as a stop takes. */
const STOPPED_WITHIN_SECONDS = 10;

/** Why a job is to end before it has; one was given up by another server that took this one for dead. */
export type StopReason = 'cancelled' | 'given up' | 'server is stopping';

/** What does the work of a queue. A job ends when `finish` was called for it. */
export interface JobHandler<Taken> {
  /** Notes, in the transaction that gives a job to this worker, that it was taken; undefined where nothing is to do. */
  take(tx: Transaction, jobId: number): Promise<Taken | undefined>;
  /** Does a job, and ends early when the signal aborts, whose reason is a {@link StopReason}. Does not reject. */
  run(taken: Taken, signal: AbortSignal): Promise<void>;
  /**
   * Ends a job, in the transaction that found its worker lost: it is never run a second time. Or that found the server
   * gone for which it waited: it was not taken yet, and never will be.
   */
  lose(tx: Transaction, jobId: number, isOwnHome: boolean): Promise<void>;
}

/**
 * Keeps work until it is done. Jobs are numbers that mean something to whoever adds them; each is run once, by one
 * worker, and never again by itself.
 */
export interface JobQueue {
  /**
   * Adds a job in the transaction that writes what it is about. Jobs are taken in the order of their numbers; where
   * this worker has nothing better to do, in that same transaction.
   *
   * @throws AqueductError `UNAVAILABLE` after `stop`.
   */
  add(tx: Transaction, jobId: number): Promise<void>;
  /**
   * Asks for the end of a job.
   *
   * @returns `waiting` where no worker had taken it (then none will), `running` where one is told to end it, `unknown`
   * where there is no such job.
   */
  cancel(tx: Transaction, jobId: number): Promise<'waiting' | 'running' | 'unknown'>;
  /**
   * The same where nothing can be written: tells this worker alone.
   *
   * @returns whether it runs the job.
   */
  cancelUnwritten(jobId: number): boolean;
  /** Forgets a job, in the transaction that writes how it ended. */
  finish(tx: Transaction, jobId: number): Promise<void>;
  /** Takes jobs, so many at one time, until `stop`. */
  start<Taken>(handler: JobHandler<Taken>, atOnce: number): Promise<void>;
  /** Takes no more jobs, tells the running ones to end, and resolves when they have. */
  stop(): Promise<void>;
  /** Whether `stop` is done: what has not ended by now does not end here. */
  readonly hasStopped: boolean;
}

/** What a queue throws that is stopped. */
export function takesNoMore(): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    'This server is being stopped and takes no more tasks: nothing was started. Try again when it is back.',
    { retryAfter: STOPPED_WITHIN_SECONDS },
  );
}
