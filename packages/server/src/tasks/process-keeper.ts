import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { type EndingStep, endProcesses, LOOK_EVERY_MS } from '../platform/child-process/end-processes.ts';
import { listProcesses, type SeenProcess } from '../platform/child-process/list-processes.ts';
import { SharedLook } from '../platform/child-process/shared-look.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { TASK_MARKER, WORKER_MARKER } from './task-environment.ts';
import { EarlierProcesses, TaskProcesses } from './task-processes.ts';

/** For what still runs: time for a measurement to bring its instruments to rest, then for a clean-up, then none. */
const CANCEL: readonly EndingStep[] = [
  { signal: 'SIGINT', withinMs: 3000 },
  { signal: 'SIGTERM', withinMs: 3000 },
  { signal: 'SIGKILL', withinMs: 4000 },
];
/** For what a task leaves behind. */
const CLEAN_UP: readonly EndingStep[] = [
  { signal: 'SIGTERM', withinMs: 2000 },
  { signal: 'SIGKILL', withinMs: 4000 },
];
/** For all tasks of a server that ends at once. */
const KILL: readonly EndingStep[] = [{ signal: 'SIGKILL', withinMs: 1500 }];
/** Where it can't be looked for what there is, as for want of descriptors. */
const KILL_UNSEEN_AFTER_MS = 500;
/** Tasks that end within this time are looked after together. */
const GATHER_MS = 300;
const LOOK_AGAIN_MS = 200;
/** What the system has no more of for now. */
const SHORTAGE = /^(EMFILE|ENFILE|ENOMEM|EAGAIN)$/;

/** Looks after the processes of the tasks of a server. */
export class ProcessKeeper {
  /** This start of the server, and its data folder: stands in the environment of its tasks. */
  readonly worker: string;
  readonly #log: Logger;
  readonly #ofThisFolder: string;
  readonly #tasks = new Set<TaskProcesses>();
  /** Each look reads two files for every process of the machine, in which time nobody is answered. */
  readonly #looks = new SharedLook(() => this.#look(), LOOK_EVERY_MS);
  #earlierStarts: Promise<void> = Promise.resolve();
  #ended = new Set<TaskProcesses>();
  /** The next one, which gathers still, and all that are under way. */
  #cleaning: Promise<void> | undefined;
  readonly #cleanings = new Set<Promise<void>>();

  constructor({ log, config, newUuid }: Pick<Services, 'log' | 'config' | 'newUuid'>) {
    this.#log = log;
    this.#ofThisFolder = `/${markOf(config.dataDir)}`;
    this.worker = `${newUuid()}${this.#ofThisFolder}`;
  }

  /** What a task that begins notes its programs in, until it was cleaned up after. */
  begin(taskUuid: string): TaskProcesses {
    const task = new TaskProcesses(taskUuid, this.#ofThisFolder);
    this.#tasks.add(task);
    return task;
  }

  /** Ends all processes of all tasks at once. */
  async killAll(): Promise<void> {
    // Not before the first look: what has left the group and dropped its environment is known by its parent only.
    const unseen = setTimeout(() => {
      for (const task of this.#tasks) task.killUnseen();
    }, KILL_UNSEEN_AFTER_MS);
    await endProcesses(() => this.#processesOf(this.#tasks), KILL).finally(() => clearTimeout(unseen));
  }

  /** Ends all processes of a running task. */
  async cancel(task: TaskProcesses): Promise<void> {
    await endProcesses(() => this.#processesOf([task]), CANCEL);
  }

  /** Ends what a task has left behind; resolves when nothing is left. Looks once for all that end at about one time. */
  clean(task: TaskProcesses): Promise<void> {
    this.#ended.add(task);
    if (!this.#cleaning) {
      const cleaning = this.#clean().finally(() => this.#cleanings.delete(cleaning));
      this.#cleaning = cleaning;
      this.#cleanings.add(cleaning);
    }
    return this.#cleaning;
  }

  /** Resolves when nothing is left of all tasks that have ended. */
  async cleaned(): Promise<void> {
    await Promise.all(this.#cleanings);
  }

  /**
   * Ends what tasks of earlier starts in this data folder have left, which were killed before they could: measurements may
   * still run, so as if they were cancelled.
   */
  cleanEarlierStarts(): Promise<void> {
    const earlier = new EarlierProcesses(this.worker, this.#ofThisFolder);
    this.#earlierStarts = this.#end(async () => earlier.among(await this.#looks.next()), CANCEL);
    return this.#earlierStarts;
  }

  /** Ends what is left of a task that an earlier start ran. */
  async cleanLost(taskUuid: string): Promise<void> {
    // A second signal would break off what brings an instrument to rest.
    await this.#earlierStarts;
    await this.clean(new TaskProcesses(taskUuid, this.#ofThisFolder));
  }

  async #clean(): Promise<void> {
    await sleep(GATHER_MS);
    const ended = [...this.#ended];
    this.#ended = new Set();
    this.#cleaning = undefined;
    await this.#end(() => this.#processesOf(ended), CLEAN_UP);
    for (const task of ended) this.#tasks.delete(task);
  }

  async #processesOf(tasks: Iterable<TaskProcesses>): Promise<number[]> {
    const processes = await this.#looks.next();
    return [...tasks].flatMap((task) => task.among(processes));
  }

  async #end(find: () => Promise<number[]>, steps: readonly EndingStep[]): Promise<void> {
    try {
      const left = await endProcesses(find, steps);
      if (left.length > 0) this.#log.error({ left }, 'processes of a task that has ended can not be ended');
    } catch (err) {
      this.#log.error({ err }, 'what tasks left behind could not be looked for');
    }
  }

  /** All processes. A look that failed for want of something must not pass for "nothing there". */
  async #look(): Promise<SeenProcess[]> {
    for (;;) {
      try {
        return await listProcesses([TASK_MARKER, WORKER_MARKER]);
      } catch (err) {
        if (!SHORTAGE.test(codeOf(err))) throw err;
        this.#log.error({ err }, 'the processes of tasks could not be looked at; another try follows');
        await sleep(LOOK_AGAIN_MS);
      }
    }
  }
}

/**
 * Tells the data folders of a machine from each other, by whatever path they are reached: a copy of one has all that lies
 * in it. Without blanks: they are all that macOS shows between two variables.
 */
function markOf(dataDir: string): string {
  const { dev, ino } = statSync(dataDir, { bigint: true });
  return `${dev}-${ino}`;
}
