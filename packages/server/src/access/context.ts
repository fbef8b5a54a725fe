import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import type { Database, Work } from '../platform/database/database.ts';
import type { ChangeSignal } from '../platform/events/change-signal.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { JobQueue } from '../platform/queue/job-queue.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { AnswerBudget } from './answer-budget.ts';
import { Idempotency } from './idempotency.ts';
import { requireTokenOfTask } from './task-token.ts';
import type { Viewer } from './viewer.ts';

/** What all requests of a server share. */
export interface Services {
  readonly db: Database;
  readonly clock: Clock;
  readonly newUuid: () => string;
  readonly storage: Storage;
  readonly config: Config;
  readonly log: Logger;
  /** What is to be run. */
  readonly queue: JobQueue;
  /** Wakes those who wait for a change. */
  readonly changes: ChangeSignal;
  /** Identifies the data folder, which one server at a time uses. */
  readonly home: string;
  /** Of this program. */
  readonly version: string;
}

/** What an operation works with: the services, and who is asking. One for each request. */
export interface Context extends Services {
  readonly viewer: Viewer;
  /** The `Idempotency-Key` of the request, if it has one. */
  readonly idempotency: Idempotency | undefined;
  /** What the answer may still hold. */
  readonly budget: AnswerBudget;
  /**
   * Runs work in a transaction. Where the request carries an `Idempotency-Key` that was used before with the same
   * input, the work is not run again: its first result is answered. So results are small values that JSON can carry.
   * Where a task is asking that has ended meanwhile, nothing is written.
   */
  write<T>(work: Work<T>): Promise<T>;
}

/** Makes the context of a request. */
export function createContext(services: Services, viewer: Viewer, idempotencyKey?: string): Context {
  const idempotency =
    idempotencyKey === undefined ? undefined : new Idempotency(idempotencyKey, viewer.uuid, services.clock);
  return {
    ...services,
    viewer,
    idempotency,
    budget: new AnswerBudget(),
    write(work) {
      const once = idempotency ? idempotency.once(work) : work;
      return services.db.write(async (tx) => {
        await requireTokenOfTask(tx, viewer);
        return once(tx);
      });
    },
  };
}
