import { AqueductError } from '../errors/aqueduct-error.ts';
import { isPassing } from '../errors/as-aqueduct-error.ts';
import type { Executor, Transaction, Work } from './database.ts';
import { insertEvent } from './event.queries.ts';

/** What a queue needs of an engine: one transaction at a time. */
export interface WriteConnection extends Executor {
  execute(sql: 'savepoint work' | 'release work' | 'rollback to work'): Promise<void>;
  commit(): Promise<void>;
  /** Takes everything back, where the connection is sound. */
  undo(): Promise<void>;
  /** Gives up the transaction where its connection may be lost. Never throws. */
  abandon(): Promise<void>;
}

interface Waiting {
  readonly since: number;
  run(connection: WriteConnection, isFirst: boolean): Promise<Finished | undefined>;
  reject(error: unknown): void;
}

/** A work that ran without failure, and waits for the commit. */
interface Finished {
  settle(): void;
  reject(error: unknown): void;
}

/** How long a work waits for a database that does nothing. */
const PATIENCE_MS = 4500;
/** How long it waits behind others, with whom the database goes on. */
const MOST_WAIT_MS = 30_000;
/** A commit waits for no more works than these, so that none waits long for its answer. */
const MOST_WORKS_PER_COMMIT = 200;
/** How long works wait for those that were announced, in milliseconds. */
const MOST_EXPECTED_MS = 2;
/** Where works come together, a commit waits until so many turns of the event loop brought no other. */
const QUIET_TURNS = 3;

/**
 * Passes all writes of this process through one transaction after the other. Works that come at about the same time
 * share a commit, that is one fsync: 2.7 times the creates at 10 connections.
 */
export class WriteQueue {
  readonly #begin: () => Promise<WriteConnection>;
  readonly #now: () => number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  /** How many works the last commit was for. */
  #together = 0;
  /** When the last work ran. */
  #wentOn = 0;
  #closed = false;
  /** How many works were announced, and are not there yet. */
  #expected = 0;
  /** Called when all of these are there. */
  #allCame: () => void = () => undefined;
  /** Looks for works that waited too long. */
  #patience: NodeJS.Timeout | undefined;

  /** @param begin - Opens a transaction that no other writer can get in between of. */
  constructor(begin: () => Promise<WriteConnection>, now: () => number) {
    this.#begin = begin;
    this.#now = now;
  }

  add<T>(work: Work<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new AqueductError('UNAVAILABLE', 'The server is stopping.'));
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        since: performance.now(),
        run: (connection, isFirst) => this.#runWork(connection, isFirst, work, resolve, reject),
        reject,
      });
      this.#expireIn(PATIENCE_MS);
      this.#running ??= this.#start();
    });
  }

  /** Announces a work; see `Database.expectWrite`. */
  expect(): () => void {
    let isExpected = true;
    this.#expected += 1;
    return () => {
      if (!isExpected) return;
      isExpected = false;
      this.#expected -= 1;
      if (this.#expected === 0) this.#allCame();
    };
  }

  /** Takes no more works, and waits for those that are there. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #start(): Promise<void> {
    await this.#gather();
    while (this.#waiting.length > 0) await this.#runBatch();
    this.#running = undefined;
  }

  /**
   * Waits for works that are about to come: those that were announced, then others. A work that comes alone, as the last
   * one did, waits for those of the other sockets that are readable in this turn only.
   */
  async #gather(): Promise<void> {
    if (this.#expected > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#allCame = resolve;
      const timer = setTimeout(resolve, MOST_EXPECTED_MS);
      await promise;
      clearTimeout(timer);
    }
    const needed = this.#together > 1 ? QUIET_TURNS : 1;
    for (let quiet = 0; quiet < needed && this.#waiting.length < MOST_WORKS_PER_COMMIT; ) {
      const before = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#waiting.length > before ? 0 : quiet + 1;
    }
  }

  async #runBatch(): Promise<void> {
    let connection: WriteConnection;
    try {
      connection = await this.#begin();
    } catch (error) {
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
      return;
    }

    const finished: Finished[] = [];
    let started = 0;
    try {
      for (let waiting = this.#waiting.shift(); waiting; waiting = this.#waiting.shift()) {
        const work = await waiting.run(connection, started === 0);
        if (!work) return;
        finished.push(work);
        started += 1;
        if (started >= MOST_WORKS_PER_COMMIT) break;
      }
      await connection.commit();
    } catch (error) {
      await connection.abandon();
      for (const work of finished) work.reject(error);
      return;
    }
    this.#together = finished.length;
    for (const work of finished) work.settle();
  }

  /**
   * Runs one work. The first of a transaction needs no savepoint: where it fails, there is nothing yet that must stay.
   *
   * @returns undefined where the work failed and the transaction ended with it.
   * @throws why the transaction itself is lost, where it is.
   */
  async #runWork<T>(
    connection: WriteConnection,
    isFirst: boolean,
    work: Work<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): Promise<Finished | undefined> {
    const effects: (() => void | Promise<void>)[] = [];
    const undoing: (() => void)[] = [];
    const fail = (error: unknown) => {
      for (const undo of undoing) undo();
      reject(error);
    };
    const tx: Transaction = {
      engine: connection.engine,
      all: (query, params) => connection.all(query, params),
      first: (query, params) => connection.first(query, params),
      run: (query, params) => connection.run(query, params),
      appendEvent: async (kind, entityId) => {
        await connection.run(insertEvent, { kind, entityId, at: this.#now() });
      },
      afterCommit: (effect) => void effects.push(effect),
      afterRollback: (effect) => void undoing.push(effect),
    };
    try {
      if (!isFirst) await connection.execute('savepoint work');
      const value = await work(tx);
      if (!isFirst) await connection.execute('release work');
      this.#wentOn = performance.now();
      const settle = () => void runEffects(effects).then(() => resolve(value), reject);
      return { settle, reject: fail };
    } catch (error) {
      try {
        if (isFirst) await connection.undo();
        else {
          await connection.execute('rollback to work');
          await connection.execute('release work');
        }
      } catch (lost) {
        fail(error);
        // What a work fails at is no matter of those that share its commit, unless that ended the transaction: on a full
        // disk SQLite takes all of it back, and then knows no savepoint.
        throw isPassing(lost) ? lost : error;
      }
      fail(error);
      return isFirst ? undefined : { settle: () => undefined, reject };
    }
  }

  /** One timer for all: to set and clear one for each takes longer than two statements. */
  #expireIn(milliseconds: number): void {
    this.#patience ??= setTimeout(() => this.#expire(), milliseconds).unref();
  }

  /** Those that came first have the least time left. */
  #expire(): void {
    this.#patience = undefined;
    const now = performance.now();
    for (let [oldest] = this.#waiting; oldest; [oldest] = this.#waiting) {
      const { since, reject } = oldest;
      const left = Math.min(Math.max(this.#wentOn, since) + PATIENCE_MS, since + MOST_WAIT_MS) - now;
      if (left > 0) {
        this.#expireIn(left);
        return;
      }
      this.#waiting.shift();
      reject(
        new AqueductError(
          'UNAVAILABLE',
          'The database is busy; nothing was changed. Try again in a few seconds.',
          { retryAfter: 2 },
        ),
      );
    }
  }
}

async function runEffects(effects: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const effect of effects) await effect();
}
