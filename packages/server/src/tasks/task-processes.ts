import { isThere, sendSignal } from '../platform/child-process/end-processes.ts';
import type { SeenProcess } from '../platform/child-process/list-processes.ts';
import { TASK_MARKER, WORKER_MARKER } from './task-environment.ts';

/**
 * The processes of a task: those of the groups and sessions that its programs lead, what has its marker, and the children
 * of all of these.
 */
export class TaskProcesses {
  readonly #taskUuid: string;
  readonly #folder: string;
  /** Process ids of its programs, and whether they run. */
  readonly #leaders = new Map<number, boolean>();
  readonly #seen = new Map<number, string>();

  /** @param folder - The mark of the data folder, with which that of a worker ends. */
  constructor(taskUuid: string, folder: string) {
    this.#taskUuid = taskUuid;
    this.#folder = folder;
  }

  /** Notes a program of the task, which leads a group and a session. */
  started(pid: number): void {
    this.#leaders.set(pid, true);
  }

  ended(pid: number): void {
    this.#leaders.set(pid, false);
  }

  /** Whether something is left of the groups that its programs led. */
  hasGroup(): boolean {
    return [...this.#leaders.keys()].some((pid) => isThere(-pid));
  }

  /** Kills its programs that run, and their groups, without a look at what there is. */
  killUnseen(): void {
    for (const [pid, isRunning] of this.#leaders) if (isRunning) sendSignal(-pid, 'SIGKILL');
  }

  /**
   * Those among all processes of the machine. The groups that its programs lead are named as such, by negative numbers:
   * what a program starts after it was looked at, and before the signal, would not hear that.
   */
  among(processes: readonly SeenProcess[]): number[] {
    for (const { pid } of processes) {
      // Whatever has its number now is another.
      if (this.#leaders.get(pid) === false) this.#leaders.delete(pid);
    }
    const own = new Set(withChildren(processes, this.#seen, (each) => this.#isOwn(each)));
    const found = processes.filter(({ pid }) => own.has(pid));
    return [...new Set(found.map(({ pid, group }) => (this.#leaders.has(group) ? -group : pid)))];
  }

  #isOwn({ group, session, marks }: SeenProcess): boolean {
    if (marks[TASK_MARKER] === this.#taskUuid && isOfFolder(marks, this.#folder)) return true;
    // Programs may change their marks. As long as something is left of a group, the system gives its number to nobody.
    return this.#leaders.has(group) || this.#leaders.has(session);
  }
}

/** What tasks of earlier starts in a data folder have left. */
export class EarlierProcesses {
  readonly #worker: string;
  readonly #folder: string;
  readonly #seen = new Map<number, string>();

  constructor(worker: string, folder: string) {
    this.#worker = worker;
    this.#folder = folder;
  }

  /** Those with the mark of another start, and what has none but is of their groups and sessions. */
  among(processes: readonly SeenProcess[]): number[] {
    const byPid = new Map(processes.map((each) => [each.pid, each]));
    const isMarked = ({ marks }: SeenProcess) => {
      const worker = marks[WORKER_MARKER];
      return worker !== undefined && worker !== this.#worker && isOfFolder(marks, this.#folder);
    };
    // Where the leader has no mark, the process was put there by somebody: into a terminal, say.
    const isLedByTask = (id: number) => {
      const leader = byPid.get(id);
      return leader === undefined || isMarked(leader);
    };
    const led = new Set(
      processes.filter(isMarked).flatMap(({ group, session }) => [group, session].filter(isLedByTask)),
    );
    return withChildren(processes, this.#seen, (each) => {
      const isUnmarked = each.marks[WORKER_MARKER] === undefined;
      return isMarked(each) || (isUnmarked && (led.has(each.group) || led.has(each.session)));
    });
  }
}

/**
 * Those that are somebody's, were it before, or have come from these.
 *
 * @param seen - Keeps them: when their parents end, nothing else may tell whose they are.
 */
function withChildren(
  processes: readonly SeenProcess[],
  seen: Map<number, string>,
  isOwn: (each: SeenProcess) => boolean,
): number[] {
  const found = new Set<number>();
  const add = ({ pid, startedAt }: SeenProcess) => {
    found.add(pid);
    seen.set(pid, startedAt);
  };
  for (const each of processes) if (seen.get(each.pid) === each.startedAt || isOwn(each)) add(each);
  // Their children; those of these come in the next round.
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const each of processes) if (found.has(each.parent) && !found.has(each.pid)) add(each);
  }
  return [...found];
}

/** Whether a process with a mark was started for this data folder: one may be a copy, and its tasks have the same UUIDs. */
function isOfFolder(marks: SeenProcess['marks'], folder: string): boolean {
  return marks[WORKER_MARKER]?.endsWith(folder) ?? true;
}
