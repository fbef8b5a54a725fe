import type Sqlite from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Pool } from 'pg';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { Logger } from '../logging/logger.ts';
import { migrations } from './migrations/migrations.ts';
import { newerAmong } from './newer-migrations.ts';
import { POSTGRES_SCHEMA } from './postgres-pools.ts';
import type { Engine } from './query.ts';
import { waitForOtherServers } from './wait-for-other-servers.ts';

/** Kysely does not use it, but SQLite's DDL is transactional: a migration that is killed leaves the old schema. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Of a transaction that SQLite has taken back itself, as on a full disk, there is nothing to take back. */
class ForgivingSqliteDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.#database = database;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

class TransactionalSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.#database = database;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  override createDriver(): SqliteDriver {
    return new ForgivingSqliteDriver(this.#database);
  }
}

/** What was done to a database, and what is in it. */
interface SchemaState {
  /** The migrations that ran. */
  readonly applied: readonly string[];
  readonly tables: readonly string[];
}

/** Brings the embedded database to the schema of this program. */
export async function migrateSqlite(connection: Sqlite.Database, name: string): Promise<void> {
  if (isCurrent(stateOfSqlite(connection), name)) return;
  // The migrator closes what it was given; this connection goes on.
  const database = Object.assign(Object.create(connection), { close: () => undefined }) as Sqlite.Database;
  // Migrations may change the text of the schema, which is otherwise kept from everybody.
  connection.unsafeMode(true);
  try {
    await migrate('sqlite', new TransactionalSqliteDialect(database));
  } finally {
    connection.unsafeMode(false);
  }
}

/**
 * Brings the tables in the schema `aqueduct` of a PostgreSQL database to the schema of this program.
 *
 * @param unhurried - Its statements may take long, and wait for another server that does the same.
 */
export async function migratePostgres(
  pool: Pool,
  name: string,
  unhurried: Pool,
  log?: Logger,
): Promise<void> {
  const state = await stateOfPostgres(pool);
  if (isCurrent(state, name)) return;
  if (state.applied.length === 0) await requireAllCharacters(pool, name);
  if (state.tables.includes('worker')) {
    const isDone = async () => isCurrent(await stateOfPostgres(pool), name);
    await waitForOtherServers(pool, name, isDone, { log });
  }
  const { PostgresDialect } = await import('kysely');
  await pool.query(`create schema if not exists ${POSTGRES_SCHEMA}`).catch(ignoreRaceOfTwoStarters);
  await migrate(
    'postgres',
    new PostgresDialect({ pool: Object.assign(Object.create(unhurried), { end: async () => undefined }) }),
  );
}

/** Databases take their encoding from the system that made the first one; most lack the characters that people write. */
async function requireAllCharacters(pool: Pool, name: string): Promise<void> {
  const { rows } = await pool.query<{ server_encoding: string }>('show server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw new AqueductError(
    'UNAVAILABLE',
    `The database ${name} has the encoding ${encoding}, in which not all texts can be stored. Give one that was made ` +
      'with `createdb --template template0 --encoding UTF8 --locale C`; nothing was changed.',
  );
}

/** @throws AqueductError where a start of the server would have something to do first. */
export function requireCurrentSqlite(connection: Sqlite.Database, name: string): void {
  requireCurrent(stateOfSqlite(connection), name);
}

/** The same of PostgreSQL. */
export async function requireCurrentPostgres(pool: Pool, name: string): Promise<void> {
  requireCurrent(await stateOfPostgres(pool), name);
}

function requireCurrent(state: SchemaState, database: string): void {
  if (isCurrent(state, database)) return;
  throw new AqueductError(
    'UNAVAILABLE',
    state.applied.length === 0
      ? `The database ${database} holds no experiments of Aqueduct: it is empty. Nothing was changed.`
      : `The database ${database} was written by an older version of Aqueduct. Start the server of this version ` +
          'once, which brings it up to date; nothing was changed.',
  );
}

function stateOfSqlite(connection: Sqlite.Database): SchemaState {
  const tables = connection
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
    )
    .all()
    .map((row) => row.name);
  const applied = tables.includes('kysely_migration')
    ? connection
        .prepare<[], { name: string }>('select name from kysely_migration')
        .all()
        .map((row) => row.name)
    : [];
  return { applied, tables };
}

async function stateOfPostgres(pool: Pool): Promise<SchemaState> {
  const { rows } = await pool.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = $1',
    [POSTGRES_SCHEMA],
  );
  const tables = rows.map((row) => row.name);
  const applied = tables.includes('kysely_migration')
    ? (await pool.query<{ name: string }>('select name from kysely_migration')).rows.map((row) => row.name)
    : [];
  return { applied, tables };
}

/** Whether nothing is to do. Refuses databases that this program must not touch. */
function isCurrent({ applied, tables }: SchemaState, database: string): boolean {
  const unknown = newerAmong(applied);
  if (unknown.length > 0) {
    throw new AqueductError(
      'UNAVAILABLE',
      `The database ${database} was written by a newer version of Aqueduct (it has the migration ${unknown.join(', ')}). ` +
        'Start that version or a later one; nothing was changed.',
    );
  }
  if (applied.length === 0 && tables.some((table) => !table.startsWith('kysely_migration'))) {
    throw new AqueductError(
      'UNAVAILABLE',
      `The database ${database} holds tables that are not Aqueduct's (${tables.slice(0, 3).join(', ')}). ` +
        'Give another database or data folder; nothing was changed.',
    );
  }
  return applied.length === Object.keys(migrations).length;
}

async function migrate(engine: Engine, dialect: Dialect): Promise<void> {
  const { Migrator } = await import('kysely/migration');
  const db = new Kysely<unknown>({ dialect });
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(
        Object.entries(migrations).map(([name, up]): [string, Migration] => [
          name,
          { up: (tx) => up(tx, engine) },
        ]),
      ),
  };
  const migrator = new Migrator({
    db,
    provider,
    ...(engine === 'postgres' ? { migrationTableSchema: POSTGRES_SCHEMA } : {}),
  });
  const { error } = await migrator.migrateToLatest();
  await db.destroy();
  if (error) throw error;
}

function ignoreRaceOfTwoStarters(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== '23505' && code !== '42P06') throw error;
}
