import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../platform/database/database.ts';
import { noteChange } from './end-task.ts';
import type { Runner } from './runner.ts';
import type { TakenTask } from './take-task.ts';
import { setHash, setStarted } from './task.queries.ts';

/** What a task ran, and in what. */
interface StartFacts {
  /** As the manifest had it. */
  readonly script: string;
  readonly hash: string;
  readonly interpreter: string;
  readonly packages: readonly string[];
}

/** A process that ends within this time is written down once, with its end: a commit less for short tasks. */
const SHORT_MS = 10;

/** Writes down that the process of a task was started. */
export class StartNote {
  readonly #runner: Runner;
  readonly #task: TakenTask;
  readonly #ending = new AbortController();
  #facts: (StartFacts & { now: number }) | undefined;
  #writing: Promise<void> | undefined;
  #hash: string | undefined;

  constructor(runner: Runner, task: TakenTask) {
    this.#runner = runner;
    this.#task = task;
  }

  /** What the folder of the extension holds is known. It is part of the record also where no process comes to run. */
  prepare(hash: string): void {
    this.#hash = hash;
  }

  /** The process runs. */
  begin(facts: StartFacts): void {
    this.#facts = { ...facts, now: this.#runner.services.clock.now() };
    // What can't be written now is tried again with the end.
    this.#writing = this.#writeSoon().catch(() => undefined);
  }

  /** The process has ended: what is not being written yet is left to `write`. */
  async settle(): Promise<void> {
    this.#ending.abort();
    await this.#writing;
  }

  /** Writes the start, unless it is written already. */
  async write(tx: Transaction): Promise<void> {
    const { id, uuid } = this.#task;
    if (!this.#facts) {
      if (this.#hash !== undefined) await tx.run(setHash, { id, hash: this.#hash });
      return;
    }
    const { now, script, hash, interpreter, packages } = this.#facts;
    await tx.run(setStarted, { id, now, script, hash, interpreter, packages: JSON.stringify(packages) });
    await noteChange(this.#runner.services, tx, id, uuid);
    tx.afterCommit(() => {
      this.#facts = undefined;
      this.#hash = undefined;
    });
  }

  async #writeSoon(): Promise<void> {
    const { signal } = this.#ending;
    await sleep(SHORT_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await this.#runner.untilDone(() => this.#runner.services.db.write((tx) => this.write(tx)));
  }
}
