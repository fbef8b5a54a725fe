import type { Clock } from '../clock.ts';
import type { Database, Transaction } from '../database/database.ts';
import {
  adoptJobs,
  forgetWorkers,
  jobsOfOthers,
  seeWorker,
  type TakenJob,
  timeOfDatabase,
} from './job.queries.ts';
import { WorkerWatch } from './worker-watch.ts';

const FORGOTTEN_AFTER_MICROSECONDS = 86_400_000_000;

interface Identity {
  readonly home: string;
  readonly worker: string;
}

/** A job that looks lost: somebody has it who is gone. */
export interface LostJob {
  readonly id: number;
  /** Whether it is, as it looks in the transaction that ends it: its worker may have come back. */
  isLost(now: TakenJob): boolean;
}

/** Shows others that a worker is there, and sees which of them are not any more. */
export class Presence {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #own: Identity;
  readonly #watch: WorkerWatch;
  #isKnown = false;

  constructor(db: Database, clock: Clock, own: Identity, heartbeatMs: number) {
    this.#db = db;
    this.#clock = clock;
    this.#own = own;
    this.#watch = new WorkerWatch(heartbeatMs);
  }

  /** Whether the database knows this worker. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Tells that this worker lives; gives the jobs of those that don't. No other one of this home does. */
  async beat(): Promise<LostJob[]> {
    const { home, worker } = this.#own;
    // No other server looks into an SQLite, whose commits keep everybody waiting while the disk is busy.
    const jobs = await (this.#db.engine === 'postgres' || !this.#isKnown
      ? this.#db.write((tx) => this.#beSeen(tx))
      : this.#db.all(jobsOfOthers, { worker }));
    this.#isKnown = true;
    const unseen = new Set(this.#watch.look(jobs));
    const isHere = (job: TakenJob) => job.home === home;
    return jobs
      .filter((job) => isHere(job) || unseen.has(job))
      .map((job) => ({
        id: job.id,
        isLost: (now) => now.worker === job.worker && (isHere(job) || now.seen_at === job.seen_at),
      }));
  }

  /** Gives what others do at the moment in which this worker was seen. */
  async #beSeen(tx: Transaction): Promise<TakenJob[]> {
    const { home, worker } = this.#own;
    // Servers that share a database share its clock.
    const time = tx.engine === 'sqlite' ? undefined : await tx.first(timeOfDatabase, {});
    const now = time?.now ?? this.#clock.now();
    await tx.run(seeWorker, { id: worker, home, now });
    await tx.run(forgetWorkers, { before: now - FORGOTTEN_AFTER_MICROSECONDS });
    // Nobody else uses an SQLite: a job of another home is of this one, when its data folder had another name.
    if (tx.engine === 'sqlite') await tx.run(adoptJobs, { home });
    return tx.all(jobsOfOthers, { worker });
  }
}
