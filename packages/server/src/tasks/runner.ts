import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, createContext, type Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { Launcher } from '../platform/child-process/launcher.ts';
import { LeftProcesses } from './task-processes.ts';

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

/** What all runs of a server share. */
export class Runner {
  readonly services: Services;
  readonly options: RunnerOptions;
  readonly launcher = new Launcher();
  readonly left: LeftProcesses;

  constructor(services: Services, options: RunnerOptions) {
    this.services = services;
    this.options = options;
    this.left = new LeftProcesses(services.log);
  }

  /** The context of what a task itself does to the record. */
  contextOf(taskUuid: string): Context {
    return createContext(this.services, { ...this.options.singleUser, taskUuid });
  }

  /**
   * Repeats what must be done until it is: a locked or lost database comes back. Work that fails for another reason is
   * tried again too; the log says why it does not get on.
   */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (err) {
        this.services.log.warn({ err }, 'a task waits for the database');
        await sleep(RETRY_MS);
      }
    }
  }
}
