import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { commitInDoubt } from './commit-in-doubt.ts';
import type { Database, Executor } from './database.ts';
import { bind, type Query } from './query.ts';
import { ReaderThread } from './reader-thread-client.ts';
import { type WriteConnection, WriteQueue } from './write-queue.ts';

const FILE_NAME = 'aqueduct.db';
const CACHE_KIB = 16_384;
/** Pages in the write-ahead log before they are copied into the database: those that every commit writes, once for all. */
const LOG_PAGES = 8000;
/**
 * Of a new database. A create changes one row on each of 20 pages, and all their bytes go to the disk: with SQLite's 4,096
 * it takes a fifth longer. Reading is the same with both; with 1,024, searches and records are slower.
 */
const PAGE_BYTES = 2048;
const LOCK_PATIENCE_MS = 4500;

/** The path of the embedded database of a data folder. */
export function sqlitePath(dataDir: string): string {
  return join(dataDir, FILE_NAME);
}

/** A connection as all of ours are: WAL, and each commit on disk before it is answered. */
export function connectSqlite(path: string): Sqlite.Database {
  // A busy database is waited for by timers, never inside SQLite: that would stop the event loop.
  const connection = new Sqlite(path, { timeout: 0 });
  connection.pragma(`page_size = ${PAGE_BYTES}`);
  connection.pragma('journal_mode = WAL');
  // With NORMAL a power cut loses acknowledged commits: 200 of 200 in a trial.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // What a savepoint may take back is kept in memory, not in a file: 36 of the 78 writes of a create.
  connection.pragma('temp_store = MEMORY');
  connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  return connection;
}

/**
 * The embedded database: two connections in this thread. The one that writes also reads, because it knows its own changes:
 * another forgets all that it has in memory at each. While a write is under way the other one reads, which does not see
 * what is not committed yet.
 */
export function openSqlite(path: string, clock: Clock): Database {
  const writer = connectSqlite(path);
  const reader = connectSqlite(path);
  reader.pragma('query_only = ON');
  const reads = new SharedReads(writer);
  const read = executor(() => (reads.begin() ? writer : reader));
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck();
  const slow = new ReaderThread(path);
  const bulk = new ReaderThread(path);
  const queue = new WriteQueue(
    () => begin(writer, reads),
    () => clock.now(),
  );

  return {
    ...read,
    slow,
    bulk,
    write: (work) => queue.add(work),
    expectWrite: () => queue.expect(),
    async changeToken() {
      // Who sees a new token looks for what is new.
      reads.end();
      return dataVersion.get() ?? 0;
    },
    async close() {
      await queue.close();
      await Promise.all([slow.close(), bulk.close()]);
      reads.end();
      reader.close();
      writer.close();
    },
  };
}

/**
 * Lets the reads of one turn of the event loop share a transaction: to begin and end one takes SQLite twice as long as
 * finding a row by its key.
 */
class SharedReads {
  readonly #connection: Sqlite.Database;
  #isOpen = false;

  constructor(connection: Sqlite.Database) {
    this.#connection = connection;
  }

  /** @returns whether the connection can be read from; not while a write is under way. */
  begin(): boolean {
    if (this.#isOpen) return true;
    if (this.#connection.inTransaction) return false;
    statementOf(this.#connection, 'begin').run();
    this.#isOpen = true;
    setImmediate(() => this.end());
    return true;
  }

  /** Lets the next reads see what was committed since the first one. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      // Some failures of a read end it.
      if (this.#connection.inTransaction) statementOf(this.#connection, 'commit').run();
    } catch {
      // Whoever read a damaged page has heard of it, and nothing was written.
      takeBack(this.#connection);
    }
  }
}

async function begin(connection: Sqlite.Database, reads: SharedReads): Promise<WriteConnection> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    reads.end();
    try {
      statementOf(connection, 'begin immediate').run();
      return writeConnection(connection);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) {
        throw new AqueductError(
          'UNAVAILABLE',
          'Another program holds the database; nothing was changed. Try again in a few seconds.',
          { cause: error, retryAfter: 2 },
        );
      }
    }
    await sleep(wait);
  }
}

function commit(connection: Sqlite.Database): void {
  try {
    statementOf(connection, 'commit').run();
  } catch (error) {
    // On a full disk it is certain that the last of its pages, which makes it a commit, was not written.
    throw codeOf(error).startsWith('SQLITE_IOERR') && !coverFailedCommit(connection)
      ? commitInDoubt(error)
      : error;
  }
}

/**
 * A commit whose fsync failed is undone, but its pages may lie in the log and would count at the next start. The next
 * commit is written over them: this is one that changes nothing.
 *
 * @returns whether that was possible.
 */
function coverFailedCommit(connection: Sqlite.Database): boolean {
  try {
    if (connection.inTransaction) connection.exec('rollback');
    connection.pragma('user_version = 0');
    return true;
  } catch {
    return false;
  }
}

const writeConnections = new WeakMap<Sqlite.Database, WriteConnection>();

function writeConnection(connection: Sqlite.Database): WriteConnection {
  let made = writeConnections.get(connection);
  if (!made) {
    made = {
      ...executor(() => connection),
      execute: async (sql) => void statementOf(connection, sql).run(),
      commit: async () => commit(connection),
      undo: async () => takeBack(connection),
      abandon: async () => {
        try {
          takeBack(connection);
        } catch {
          // The next transaction can't begin then, and says why.
        }
      },
    };
    writeConnections.set(connection, made);
  }
  return made;
}

function takeBack(connection: Sqlite.Database): void {
  // SQLite has done it itself after some failures, of a full disk for one.
  if (connection.inTransaction) connection.exec('rollback');
}

/** @param connection - Gives the connection that the next statement is for. */
function executor(connection: () => Sqlite.Database): Executor {
  const prepare = <P extends object, Row>(query: Query<P, Row>, params: P) => {
    const statement = query.on('sqlite');
    const values = bind(statement, params).map(sqliteValue);
    return { statement: statementOf(connection(), statement.sql), values };
  };
  return {
    engine: 'sqlite',
    async all<P extends object, Row>(query: Query<P, Row>, params: P) {
      const { statement, values } = prepare(query, params);
      return statement.all(...values) as Row[];
    },
    async first<P extends object, Row>(query: Query<P, Row>, params: P) {
      const { statement, values } = prepare(query, params);
      return statement.get(...values) as Row | undefined;
    },
    async run(query, params) {
      const { statement, values } = prepare(query, params);
      return statement.run(...values).changes;
    },
  };
}

/** Lists travel as JSON; see `isAmong` of the dialect. */
export function sqliteValue(value: unknown): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

const prepared = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>();

function statementOf(connection: Sqlite.Database, sql: string): Sqlite.Statement {
  let statements = prepared.get(connection);
  if (!statements) prepared.set(connection, (statements = new Map()));
  let statement = statements.get(sql);
  if (!statement) statements.set(sql, (statement = connection.prepare(sql)));
  return statement;
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

function codeOf(error: unknown): string {
  return error instanceof Sqlite.SqliteError ? error.code : '';
}
