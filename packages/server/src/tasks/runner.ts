import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, createContext, type Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { Launcher } from '../platform/child-process/launcher.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { ProcessKeeper } from './process-keeper.ts';

/** What running tasks needs besides the services. */
interface RunnerOptions {
  /** Where this server answers its own tasks. */
  readonly ownUrl: string;
  /** The server's own variables that tasks see. */
  readonly variables: Readonly<Record<string, string>>;
  /** The user who starts all tasks of an installation without login. */
  readonly singleUser: Viewer;
}

const RETRY_MS = 500;
/** So long what a stopping server could not write yet is tried again: its next start says that the task was lost. */
const STOP_WITHIN_MS = 3000;
/** Of what fails for a reason that does not pass by itself. */
const MOST_TRIES = 5;

/** What all runs of a server share. */
export class Runner {
  readonly services: Services;
  readonly options: RunnerOptions;
  readonly launcher = new Launcher();
  readonly keeper: ProcessKeeper;
  #stopAt = Number.POSITIVE_INFINITY;

  constructor(services: Services, options: RunnerOptions) {
    this.services = services;
    this.options = options;
    this.keeper = new ProcessKeeper(services);
  }

  /** The context of what a task itself does to the record. */
  contextOf(taskUuid: string): Context {
    return createContext(this.services, { ...this.options.singleUser, taskUuid });
  }

  /** From now on nothing waits for long until it can be written. */
  stop(): void {
    this.#stopAt = performance.now();
  }

  /**
   * Repeats what must be done until it is: a locked or lost database comes back.
   *
   * @throws what work throws again and again that is no matter of time, or goes on too long while the server stops.
   */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (err) {
        if (asAqueductError(err).code === 'INTERNAL' && tries >= MOST_TRIES) throw err;
        if (performance.now() > Math.max(begun, this.#stopAt) + STOP_WITHIN_MS) throw err;
        this.services.log.warn({ err }, 'a task waits for the database');
        await sleep(RETRY_MS);
      }
    }
  }
}
