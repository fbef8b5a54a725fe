import type { Clock } from '../clock.ts';
import type { Database, Executor, Transaction } from '../database/database.ts';
import { newerMigrations } from '../database/newer-migrations.ts';
import type { Logger } from '../logging/logger.ts';
import {
  adoptJobs,
  forgetWorkers,
  jobsOfOthers,
  otherStarts,
  type SeenJob,
  type Sign,
  seeWorker,
  timeOfDatabase,
  waitingJobs,
} from './job.queries.ts';
import { WorkerWatch } from './worker-watch.ts';

const FORGOTTEN_AFTER_MICROSECONDS = 86_400_000_000;
/** A worker is lost when so many of its heartbeats are missing. */
const LOST_AFTER_HEARTBEATS = 4;
/** The tasks of a crashed server end soon after its restart. */
const EARLIER_START_LOST_AFTER_HEARTBEATS = 2;
const SAME_IDENTITY =
  'Another server with the identity of this one works on this database: the data folder of one is a copy of that of ' +
  'the other, and each takes tasks that the other received. Stop the server of the copy, delete the file server.id ' +
  'in its data folder, and start it again.';
const OUTDATED =
  'A newer version of Aqueduct has changed the tables of this database, which this version would go on filling as it ' +
  'knows them. This server stops; start it with that version.';

/** What the embedded queue works with. */
export interface Needs {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Identity {
  readonly home: string;
  readonly worker: string;
}

interface Patience {
  readonly heartbeatMs: number;
  readonly homeLostAfterMs: number;
}

interface Others {
  readonly jobs: readonly SeenJob[];
  /** Other starts in this home: earlier ones, or those of a copy of the data folder. */
  readonly namesakes: readonly Sign[];
}

/** A job that looks lost: who has it, or could take it, is gone. */
export interface LostJob {
  readonly id: number;
  /** Whether it is, as it looks in the transaction that ends it: somebody may have come back. */
  isLost(now: SeenJob): boolean;
}

/** Shows others that a worker is there, and sees which of them are not any more. */
export class Presence {
  readonly #needs: Needs;
  readonly #own: Identity;
  readonly #patience: Patience;
  readonly #watch: WorkerWatch;
  #isKnown = false;
  #hasToldOfCopy = false;
  #isOutdated = false;

  constructor(needs: Needs, own: Identity, patience: Patience) {
    this.#needs = needs;
    this.#own = own;
    this.#patience = patience;
    this.#watch = new WorkerWatch(patience.heartbeatMs);
  }

  /** Whether the database knows this worker. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Tells that this worker lives; gives the jobs of those that don't. */
  async beat(): Promise<LostJob[]> {
    const { db } = this.#needs;
    this.#stopIfOutdated(await newerMigrations(db));
    // No other server looks into an SQLite, whose commits keep everybody waiting while the disk is busy.
    const { jobs, namesakes } = await (db.engine === 'postgres' || !this.#isKnown
      ? db.write((tx) => this.#beSeen(tx))
      : this.#others(db));
    this.#isKnown = true;
    this.#watch.look([...jobs, ...namesakes]);
    this.#tellOfCopy(namesakes);
    const gone = jobs.filter((job) => this.#watch.unseenFor(job) >= this.#patienceWith(job));
    return (await Promise.all(gone.map((job) => this.#lostWith(job)))).flat();
  }

  /** A waiting job stands for all that wait in its home. */
  async #lostWith({ id, home, worker, seen_at: seenAt }: SeenJob): Promise<LostJob[]> {
    const isLost = (now: SeenJob) => now.worker === worker && now.seen_at === seenAt;
    const jobs = worker === null ? await this.#needs.db.all(waitingJobs, { home }) : [{ id }];
    return jobs.map((job) => ({ id: job.id, isLost }));
  }

  /** Gives what is there of others at the moment in which this worker was seen. */
  async #beSeen(tx: Transaction): Promise<Others> {
    const { home, worker } = this.#own;
    // Servers that share a database share its clock.
    const time = tx.engine === 'sqlite' ? undefined : await tx.first(timeOfDatabase, {});
    const now = time?.now ?? this.#needs.clock.now();
    await tx.run(seeWorker, { id: worker, home, now });
    await tx.run(forgetWorkers, { before: now - FORGOTTEN_AFTER_MICROSECONDS });
    // Nobody else uses an SQLite: a job of another home is of this one, when its data folder had another name.
    if (tx.engine === 'sqlite') await tx.run(adoptJobs, { home });
    return this.#others(tx);
  }

  async #others(executor: Executor): Promise<Others> {
    return {
      jobs: await executor.all(jobsOfOthers, this.#own),
      namesakes: await executor.all(otherStarts, this.#own),
    };
  }

  /** How long, in milliseconds, a job stays whose worker or home shows nothing of itself. */
  #patienceWith(job: SeenJob): number {
    const { heartbeatMs, homeLostAfterMs } = this.#patience;
    if (job.worker === null) return homeLostAfterMs;
    const isEarlierStart = job.home === this.#own.home && !this.#watch.hasMoved(job);
    if (!isEarlierStart) return LOST_AFTER_HEARTBEATS * heartbeatMs;
    // The lock of the data folder tells that it is dead. A copy of the folder, for which that says nothing, has another
    // SQLite, but may have the same PostgreSQL.
    return this.#needs.db.engine === 'sqlite' ? 0 : EARLIER_START_LOST_AFTER_HEARTBEATS * heartbeatMs;
  }

  #tellOfCopy(namesakes: readonly Sign[]): void {
    if (this.#hasToldOfCopy || !namesakes.some((start) => this.#watch.hasMoved(start))) return;
    this.#hasToldOfCopy = true;
    this.#needs.log.error({ id: this.#own.home }, SAME_IDENTITY);
  }

  /** As whoever runs this server would: what runs here has its time to end. */
  #stopIfOutdated(migrations: readonly string[]): void {
    if (this.#isOutdated || migrations.length === 0) return;
    this.#isOutdated = true;
    this.#needs.log.fatal({ migrations }, OUTDATED);
    process.kill(process.pid, 'SIGTERM');
  }
}
