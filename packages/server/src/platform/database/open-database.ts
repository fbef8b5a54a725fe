import { statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { Database } from './database.ts';
import { migratePostgres, migrateSqlite } from './migrate.ts';
import { connectPostgres, openPostgres } from './postgres.ts';
import { connectSqlite, openSqlite, sqlitePath } from './sqlite.ts';

export interface DatabaseOptions {
  /** `postgres://…`; without it, the embedded SQLite in the data folder is used. */
  url?: string | undefined;
  dataDir: string;
  clock: Clock;
}

/**
 * Opens the database and brings its schema up to date.
 *
 * @throws AqueductError with a sentence for the administrator when the database can't be used.
 */
export async function openDatabase({ url, dataDir, clock }: DatabaseOptions): Promise<Database> {
  if (url === undefined) {
    const path = sqlitePath(dataDir);
    await explain(`The database ${path}`, async () => {
      const connection = connectSqlite(path);
      try {
        requireHealthy(connection, path);
        await migrateSqlite(connection, path);
      } finally {
        connection.close();
      }
    });
    return openSqlite(path, clock);
  }

  const name = withoutPassword(url);
  const pool = await connectPostgres(url);
  try {
    await explain(`The database ${name}`, () => migratePostgres(pool, name));
  } catch (error) {
    await pool.end();
    throw error;
  }
  return openPostgres(pool, clock);
}

async function explain(database: string, open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    if (error instanceof AqueductError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError('UNAVAILABLE', `${database} can't be used: ${reason}`, { cause: error });
  }
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

/** Looking at every page of a large database would keep its users waiting: 64 MB take about 50 ms. */
const MOST_BYTES_TO_CHECK = 64 * 1024 * 1024;

function requireHealthy(connection: Sqlite.Database, path: string): void {
  if (statSync(path).size > MOST_BYTES_TO_CHECK) return;
  const found = connection.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') {
    throw new AqueductError(
      'UNAVAILABLE',
      `The database ${path} is damaged (${found}). Put a copy of it in its place; nothing was changed.`,
    );
  }
}
