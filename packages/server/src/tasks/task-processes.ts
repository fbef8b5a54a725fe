import { setTimeout as sleep } from 'node:timers/promises';
import { type EndingStep, endProcesses } from '../platform/child-process/end-processes.ts';
import { listProcesses, type SeenProcess } from '../platform/child-process/list-processes.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { TASK_MARKER } from './task-environment.ts';

/** Time for a measurement to bring its instruments to rest, then for a clean-up, then none. */
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
/** Tasks that end within this time are looked after together. */
const GATHER_MS = 300;

/** Ends all processes of a running task: those of its group, its children, and all that have its marker. */
export function endTaskProcesses(taskUuid: string, pid: number): Promise<readonly number[]> {
  return endProcesses(async () => belongingTo(await listProcesses(TASK_MARKER), taskUuid, pid), CANCEL);
}

/** Ends what tasks leave behind when they have ended. Looks once for all that end at about one time. */
export class LeftProcesses {
  readonly #log: Logger;
  #ended = new Set<string>();
  #cleaning: Promise<void> | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Resolves when nothing of the task is left. */
  end(taskUuid: string): Promise<void> {
    this.#ended.add(taskUuid);
    this.#cleaning ??= this.#clean();
    return this.#cleaning;
  }

  async #clean(): Promise<void> {
    await sleep(GATHER_MS);
    const ended = this.#ended;
    this.#ended = new Set();
    this.#cleaning = undefined;
    const find = async () =>
      (await listProcesses(TASK_MARKER)).flatMap(({ pid, mark }) => (mark && ended.has(mark) ? [pid] : []));
    try {
      const left = await endProcesses(find, CLEAN_UP);
      if (left.length > 0) this.#log.error({ left }, 'processes of a task that has ended can not be ended');
    } catch (err) {
      this.#log.error({ err }, 'what tasks left behind could not be looked for');
    }
  }
}

function belongingTo(processes: readonly SeenProcess[], taskUuid: string, pid: number): number[] {
  const found = new Set<number>();
  for (const each of processes) {
    if (each.mark === taskUuid || each.group === pid || each.session === pid) found.add(each.pid);
  }
  // Children that dropped their environment; their own come in the next round.
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const each of processes) if (found.has(each.parent)) found.add(each.pid);
  }
  return [...found];
}
