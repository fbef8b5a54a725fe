import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { metaValue } from '../platform/database/meta.queries.ts';
import { sqlitePath } from '../platform/database/sqlite.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { KnownDatabases } from '../platform/storage/known-databases.ts';
import { DATABASE_ID } from './database-id.ts';

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;

/**
 * Refuses a data folder that was used with another database: both give the same EIDs, so files of two experiments would
 * come to lie in one folder. That happens where somebody leaves out the address of the database.
 *
 * @param db - Undefined before one is opened: an embedded one that is not there is not made then.
 * @throws AqueductError with a sentence that says what to give.
 */
export async function requireOwnFolder({ dataDir, databaseUrl }: Place, db?: Database): Promise<void> {
  const current = await new KnownDatabases(dataDir).current();
  if (current === undefined) return;
  if (!db && (databaseUrl !== undefined || existsSync(sqlitePath(dataDir)))) return;
  const own = await db?.first(metaValue, { key: DATABASE_ID });
  if (own?.value === current || (databaseUrl !== undefined && isTriedOnly(dataDir, current))) return;
  const file = join(dataDir, 'databases');
  const [given, mistake] =
    databaseUrl === undefined
      ? ['the embedded one', 'Give the address of its database with --database-url or DATABASE_URL']
      : [
          'the one whose address was given',
          'Give the address of its own, or none if that is the embedded one',
        ];
  const other = own
    ? ` If this database is to take its place, add the line ${own.value} at the end of the file ${file}.`
    : '';
  throw new AqueductError(
    'UNAVAILABLE',
    `The data folder ${dataDir} was used with another database than ${given}; with this one, files of experiments that ` +
      `have the same EID would be mixed. ${mistake}, or another folder with --data-dir.${other} Nothing was stored.`,
  );
}

/** Whether it was used with the embedded database, without any experiment: whoever has tried it may go on with another. */
function isTriedOnly(dataDir: string, current: string): boolean {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(sqlitePath(dataDir), { readonly: true });
    const id = connection.prepare('select value from meta where key = ?').pluck().get(DATABASE_ID);
    return id === current && connection.prepare('select 1 from experiment limit 1').get() === undefined;
  } catch {
    // It is not there, or none of ours.
    return false;
  } finally {
    connection?.close();
  }
}
