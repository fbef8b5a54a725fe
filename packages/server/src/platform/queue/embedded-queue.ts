import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../database/database.ts';
import {
  cancelJob,
  deleteJob,
  insertJob,
  jobById,
  ownJobs,
  type SeenJob,
  seenJob,
  takeJobs,
  waitingJob,
} from './job.queries.ts';
import { type JobHandler, type JobQueue, type StopReason, takesNoMore } from './job-queue.ts';
import { type LostJob, type Needs, Presence } from './presence.ts';

const HEARTBEAT_MS = 5000;
/** Longer than an update of a server takes: what waits for it is not lost by that. */
const HOME_LOST_AFTER_MS = 600_000;
/** How soon a cancel by another server is seen. */
const LOOK_EVERY_MS = 1000;
const CLAIM_LOOK_MS = 10;

interface Options {
  readonly worker?: string;
  readonly heartbeatMs?: number;
  readonly homeLostAfterMs?: number;
}

/**
 * The queue of a server that runs its tasks itself, in the tables of its database. Jobs belong to a home, a data
 * folder, whose server alone takes them.
 */
export class EmbeddedQueue implements JobQueue {
  readonly #needs: Needs;
  readonly #home: string;
  readonly #worker: string;
  readonly #heartbeatMs: number;
  readonly #presence: Presence;
  readonly #running = new Map<number, AbortController>();
  readonly #ends = new Set<Promise<void>>();
  /** Jobs that are being taken, so that there are never too many. */
  readonly #claimed = new Set<number>();
  /** Jobs of this worker that it was not running at the last heartbeat. */
  #unknown = new Set<number>();
  #handler: JobHandler<unknown> | undefined;
  /** Whether jobs may be waiting that were not taken as they came. */
  #isBacklog = true;
  #isStopping = false;
  #hasStopped = false;
  #atOnce = 0;
  #taking: Promise<void> | undefined;
  #losing: Promise<void> | undefined;
  #again = false;
  #timers: NodeJS.Timeout[] = [];

  /**
   * @param home - Identifies the data folder.
   * @param worker - Identifies this start of a server.
   * @param heartbeatMs - The same for all servers of a database.
   * @param homeLostAfterMs - How long the jobs of a home wait for a server that is not there.
   */
  constructor(
    needs: Needs,
    home: string,
    { worker = randomUUID(), heartbeatMs = HEARTBEAT_MS, homeLostAfterMs = HOME_LOST_AFTER_MS }: Options = {},
  ) {
    this.#needs = needs;
    this.#home = home;
    this.#worker = worker;
    this.#heartbeatMs = heartbeatMs;
    this.#presence = new Presence(needs, { home, worker }, { heartbeatMs, homeLostAfterMs });
  }

  async add(tx: Transaction, jobId: number): Promise<void> {
    if (this.#isStopping) throw takesNoMore();
    // Nobody overtakes those who wait.
    const isFirst = this.#free() > 0 && !(await tx.first(waitingJob, { home: this.#home }));
    if (!isFirst || !this.#handler) {
      await tx.run(insertJob, { id: jobId, home: this.#home, worker: null });
      const look = () => {
        this.#isBacklog = true;
        this.#take();
      };
      tx.afterCommit(look);
      // A commit that was in doubt may have happened.
      tx.afterRollback(look);
      return;
    }
    await tx.run(insertJob, { id: jobId, home: this.#home, worker: this.#worker });
    const start = await this.#claim(tx, jobId, this.#handler);
    tx.afterCommit(start);
  }

  async cancel(tx: Transaction, jobId: number): Promise<'waiting' | 'running' | 'unknown'> {
    const job = await tx.first(jobById, { id: jobId });
    if (!job) return 'unknown';
    if (job.worker === null) {
      await tx.run(deleteJob, { id: jobId });
      return 'waiting';
    }
    await tx.run(cancelJob, { id: jobId });
    tx.afterCommit(() => this.#stopJob(jobId, 'cancelled'));
    return 'running';
  }

  cancelUnwritten(jobId: number): boolean {
    this.#stopJob(jobId, 'cancelled');
    return this.#running.has(jobId);
  }

  async finish(tx: Transaction, jobId: number): Promise<void> {
    await tx.run(deleteJob, { id: jobId });
  }

  async start<Taken>(handler: JobHandler<Taken>, atOnce: number): Promise<void> {
    this.#handler = handler as JobHandler<unknown>;
    this.#atOnce = atOnce;
    await this.#heartbeat().catch((err: unknown) => this.#wait(err));
    await this.#losing;
    this.#every(this.#heartbeatMs, () => this.#heartbeat());
    this.#every(LOOK_EVERY_MS, () => this.#look());
    this.#take();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#handler = undefined;
    await this.#taking;
    // Those that are being taken run when their transaction has ended.
    while (this.#claimed.size > 0) await sleep(CLAIM_LOOK_MS);
    for (const jobId of this.#running.keys()) this.#stopJob(jobId, 'server is stopping');
    await Promise.all(this.#ends);
    this.#hasStopped = true;
  }

  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** Tells that this worker lives, and ends the jobs of those that don't. */
  async #heartbeat(): Promise<void> {
    const wasKnown = this.#presence.isKnown;
    const lost = await this.#presence.beat();
    // The first one may have adopted some.
    this.#isBacklog ||= !wasKnown;
    // Not awaited: thousands take longer than the others wait for a heartbeat. What comes meanwhile, a later one finds.
    this.#losing ??= this.#loseAll(lost)
      .catch((err: unknown) => this.#wait(err))
      .finally(() => {
        this.#losing = undefined;
      });
    await this.#loseUnclaimed(await this.#needs.db.all(ownJobs, { home: this.#home, worker: this.#worker }));
  }

  async #loseAll(lost: readonly LostJob[]): Promise<void> {
    for (const { id, isLost } of lost) await this.#lose(id, isLost);
  }

  /** Ends a job, if it is lost in the transaction that does so. */
  async #lose(jobId: number, isLost: (job: SeenJob) => boolean): Promise<void> {
    const handler = this.#handler;
    if (!handler) return;
    await this.#needs.db.write(async (tx) => {
      const job = await tx.first(seenJob, { id: jobId });
      if (job && isLost(job)) await handler.lose(tx, jobId, job.home === this.#home);
    });
  }

  /** A commit that was in doubt may have given this worker a job that it does not know of. */
  async #loseUnclaimed(jobs: readonly { id: number }[]): Promise<void> {
    const before = this.#unknown;
    const isUnknown = (id: number) => !this.#running.has(id) && !this.#claimed.has(id);
    this.#unknown = new Set(jobs.map(({ id }) => id).filter(isUnknown));
    for (const id of this.#unknown) {
      if (before.has(id)) await this.#lose(id, ({ worker }) => worker === this.#worker && isUnknown(id));
    }
  }

  /** Sees what other servers have cancelled or given up, and takes what a failing database kept from being taken. */
  async #look(): Promise<void> {
    const running = [...this.#running.keys()];
    if (running.length > 0) {
      const rows = await this.#needs.db.all(ownJobs, { home: this.#home, worker: this.#worker });
      const isCancelled = new Map(rows.map((row) => [row.id, row.cancelled === 1]));
      for (const id of running) {
        if (!isCancelled.has(id)) this.#stopJob(id, 'given up');
        else if (isCancelled.get(id)) this.#stopJob(id, 'cancelled');
      }
    }
    this.#take();
  }

  #take(): void {
    if (!this.#isBacklog) return;
    this.#again = true;
    this.#taking ??= this.#takeAll()
      .catch((err: unknown) => this.#needs.log.warn({ err }, 'no tasks could be taken; another try follows'))
      .finally(() => {
        this.#taking = undefined;
      });
  }

  async #takeAll(): Promise<void> {
    while (this.#again && this.#handler) {
      this.#again = false;
      const handler = this.#handler;
      if (this.#free() <= 0) return;
      await this.#needs.db.write(async (tx) => {
        // Jobs that came in transactions before this one have taken some of the room.
        const limit = this.#free();
        if (limit <= 0) return;
        const params = { home: this.#home, worker: this.#worker, limit };
        const taken = await tx.all(takeJobs, params);
        if (taken.length < limit) {
          // Now: after the commit, jobs that came behind this work and share its commit may have told of themselves.
          this.#isBacklog = false;
          tx.afterRollback(() => {
            this.#isBacklog = true;
          });
        }
        const starts: (() => void)[] = [];
        for (const { id } of taken.toSorted((a, b) => a.id - b.id)) {
          starts.push(await this.#claim(tx, id, handler));
        }
        tx.afterCommit(() => {
          // In one go: effects of other works come between those of one.
          for (const start of starts) start();
        });
      });
    }
  }

  /** Takes a job in a transaction; gives what starts it after the commit. */
  async #claim(tx: Transaction, jobId: number, handler: JobHandler<unknown>): Promise<() => void> {
    this.#claimed.add(jobId);
    tx.afterRollback(() => void this.#claimed.delete(jobId));
    const taken = await handler.take(tx, jobId);
    return () => {
      this.#claimed.delete(jobId);
      if (taken !== undefined) this.#run(jobId, taken, handler);
    };
  }

  #free(): number {
    return this.#atOnce - this.#running.size - this.#claimed.size;
  }

  #run(jobId: number, taken: unknown, handler: JobHandler<unknown>): void {
    const stopping = new AbortController();
    this.#running.set(jobId, stopping);
    const end = handler
      .run(taken, stopping.signal)
      .catch((err: unknown) => this.#needs.log.error({ err, jobId }, 'a job failed'))
      .finally(() => {
        this.#running.delete(jobId);
        this.#ends.delete(end);
        this.#take();
      });
    this.#ends.add(end);
  }

  #stopJob(jobId: number, reason: StopReason): void {
    this.#running.get(jobId)?.abort(reason);
  }

  #wait(err: unknown): void {
    // What was under way when the server closed its database fails at that.
    if (this.#isStopping) return;
    this.#needs.log.warn({ err }, 'the queue of tasks waits for the database');
  }

  #every(ms: number, work: () => Promise<void>): void {
    let isRunning = false;
    const timer = setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      await work().catch((err: unknown) => this.#wait(err));
      isRunning = false;
    }, ms);
    this.#timers.push(timer.unref());
  }
}
