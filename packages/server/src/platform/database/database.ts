import type { EventKind } from '../events/event-kind.ts';
import type { Engine, Query } from './query.ts';

/** Runs queries. */
export interface Executor {
  readonly engine: Engine;
  /** All rows of a query. */
  all<P extends object, Row>(query: Query<P, Row>, params: P): Promise<Row[]>;
  /** The first row of a query, if there is one. */
  first<P extends object, Row>(query: Query<P, Row>, params: P): Promise<Row | undefined>;
  /** Runs a statement for its effect; gives the number of rows changed. */
  run<P extends object>(query: Query<P, unknown>, params: P): Promise<number>;
}

/** The statements of one piece of work; they come into force together or not at all. */
export interface Transaction extends Executor {
  /** Tells readers of the event table that something changed. */
  appendEvent(kind: EventKind, entityId: string): Promise<void>;
  /** Runs an effect once the work is durable; not at all when it is rolled back. The work's caller waits for it. */
  afterCommit(effect: () => void | Promise<void>): void;
  /** Runs an effect when the work is rolled back, or its commit fails. */
  afterRollback(effect: () => void): void;
}

/** A piece of work in a transaction. It awaits nothing but the transaction: others wait behind it. */
export type Work<T> = (tx: Transaction) => Promise<T>;

/** The database of an installation. Its own methods read outside any transaction. */
export interface Database extends Executor {
  /**
   * For reads that may take more than a few milliseconds: on SQLite, a thread of its own runs them; on
   * PostgreSQL, connections of their own.
   */
  readonly slow: Executor;
  /**
   * For counts, and walks over all rows, that may take half a second: what is read by `slow` never waits
   * behind them.
   *
   * @throws AqueductError `UNAVAILABLE`, as those of `slow` do, when a query of PostgreSQL has waited for half a
   *   minute behind others.
   */
  readonly bulk: Executor;
  /**
   * Runs work in a transaction and resolves when it is durable. Works of one moment share a commit; each has a
   * savepoint, so that one that fails takes no other with it.
   *
   * @throws AqueductError `UNAVAILABLE` when the database can't be written for 5 s, or the work has waited for half a
   * minute behind others.
   */
  write<T>(work: Work<T>): Promise<T>;
  /**
   * Tells that a work will be there within a sync of the disk or so: what is about to be committed waits for it, for
   * 2 ms at most, so that both share a commit.
   *
   * @returns what to call when it is there, or will not come; a second time changes nothing.
   */
  expectWrite(): () => void;
  /** A number that is another one after any committed change, by whatever process. */
  changeToken(): Promise<number>;
  close(): Promise<void>;
}
