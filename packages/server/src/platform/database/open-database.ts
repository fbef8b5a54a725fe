import { existsSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { migratePostgres, migrateSqlite, requireCurrentPostgres, requireCurrentSqlite } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { closePools, connectPostgres } from './postgres-pools.ts';
import { mendSearchIndex } from './postgres-search-index.ts';
import { connectSqlite, openSqlite, sqlitePath } from './sqlite.ts';

export interface DatabaseOptions {
  /** `postgres://…`; without it, the embedded SQLite in the data folder is used. */
  url?: string | undefined;
  dataDir: string;
  clock: Clock;
  /** Told of what a start waits for. */
  log?: Logger;
}

/** A command has time where a server owes its clients an answer, and so has a migration. */
const UNHURRIED_QUERY_MS = 3_600_000;

/**
 * Opens the database and brings its schema up to date.
 *
 * @throws AqueductError with a sentence for the administrator when the database can't be used.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return open(options, {
    lookAtSqlite: requireHealthy,
    sqlite: migrateSqlite,
    async postgres(pool, name, unhurried) {
      await migratePostgres(pool, name, unhurried, options.log);
      await mendSearchIndex(pool, unhurried);
    },
  });
}

/**
 * Opens the database of an installation as it stands, for a command beside the server. Nothing is created or brought up
 * to date, and a damaged one is opened too, so that one can look at it.
 *
 * @throws AqueductError with a sentence for the administrator when there is none, or it can't be used.
 */
export async function openExistingDatabase(options: DatabaseOptions): Promise<Database> {
  const path = sqlitePath(options.dataDir);
  if (options.url === undefined && !existsSync(path)) {
    throw new AqueductError(
      'UNAVAILABLE',
      `There is no database ${path}. Give the folder of an installation with --data-dir, or, where it uses PostgreSQL, ` +
        'its address with --database-url or DATABASE_URL. Nothing was created.',
    );
  }
  return open(options, {
    sqlite: requireCurrentSqlite,
    postgres: requireCurrentPostgres,
    queryTimeoutMs: UNHURRIED_QUERY_MS,
  });
}

/** What is done with a database before it is used. */
interface Preparation {
  /** Before it is opened for writing: closing it then would change it. */
  lookAtSqlite?(path: string): void;
  sqlite(connection: Sqlite.Database, path: string): void | Promise<void>;
  postgres(pool: Pool, name: string, unhurried: Pool): Promise<void>;
  queryTimeoutMs?: number;
}

async function open({ url, dataDir, clock }: DatabaseOptions, prepare: Preparation): Promise<Database> {
  if (url === undefined) {
    const path = sqlitePath(dataDir);
    await explain(`The database ${path}`, async () => {
      prepare.lookAtSqlite?.(path);
      const connection = connectSqlite(path);
      try {
        await prepare.sqlite(connection, path);
      } finally {
        connection.close();
      }
    });
    return openSqlite(path, clock);
  }

  const name = withoutPassword(url);
  const pools = await connectPostgres(url, prepare.queryTimeoutMs);
  const unhurried = await connectPostgres(url, UNHURRIED_QUERY_MS);
  try {
    await explain(`The database ${name}`, () => prepare.postgres(pools.main, name, unhurried.main));
  } catch (error) {
    await closePools(pools);
    throw error;
  } finally {
    await closePools(unhurried);
  }
  return openPostgres(pools, clock);
}

async function explain(database: string, open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    if (error instanceof AqueductError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const advice = isWithoutRoom(error)
      ? '. Its disk has no room for what SQLite needs beside it: make some MiB free there. Nothing is lost.'
      : '';
    throw new AqueductError('UNAVAILABLE', `${database} can't be used: ${reason}${advice}`, { cause: error });
  }
}

/** The memory that connections share is a file of 32 KiB, made by the first: SQLite calls a failure of that an I/O error. */
function isWithoutRoom(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE';
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  // node-postgres takes it from there as well.
  shown.searchParams.delete('password');
  return shown.href;
}

/** Looking at every page of a large database would keep its users waiting: 64 MB take about 50 ms. */
const MOST_BYTES_TO_CHECK = 64 * 1024 * 1024;

function requireHealthy(path: string): void {
  const log = `${path}-wal`;
  const files = [path, log].filter((file) => existsSync(file));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  // A new one, or an empty file of its name.
  if (bytes === 0 || bytes > MOST_BYTES_TO_CHECK) return;
  const connection = new Sqlite(path, { readonly: true });
  try {
    const found = connection.pragma('quick_check(1)', { simple: true });
    if (found === 'ok') return;
    const advice = files.includes(log)
      ? `Put a copy of it in its place, and remove ${log} and ${path}-shm: what they hold belongs to this one.`
      : 'Put a copy of it in its place.';
    throw new AqueductError(
      'UNAVAILABLE',
      `The database ${path} is damaged (${found}). ${advice} Nothing was changed.`,
    );
  } finally {
    connection.close();
  }
}
