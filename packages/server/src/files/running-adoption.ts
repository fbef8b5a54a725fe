import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const MARK_LENGTH = 12;

/** Where a data folder names its adoptions that have not finished; the one that runs holds a lock on it. */
export function adoptLockIn(dataDir: string): string {
  return join(dataDir, 'adopt.lock');
}

/** What all objects have in common that a process stores, and its temporary files. */
export function markOf(name: string): string {
  return name.slice(0, MARK_LENGTH);
}

/**
 * The mark of an adoption that runs right now, perhaps with those of others that were interrupted; none where none runs.
 * One that was suspended may have stored bytes long ago, and records them when it goes on.
 *
 * @throws the error of SQLite where that can't be told.
 */
export function marksOfRunningAdoption(dataDir: string): ReadonlySet<string> {
  const path = adoptLockIn(dataDir);
  if (!existsSync(path)) return new Set();
  const file = new Sqlite(path, { fileMustExist: true, timeout: 0 });
  try {
    file.exec('begin immediate; rollback');
    return new Set();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    // Without a table, it has only begun.
    const hasBegun = file.prepare("select 1 from sqlite_master where name = 'adoption'").get() !== undefined;
    return new Set(hasBegun ? file.prepare<[], string>('select mark from adoption').pluck().all() : []);
  } finally {
    file.close();
  }
}
