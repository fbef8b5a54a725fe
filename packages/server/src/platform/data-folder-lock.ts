import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AqueductError } from './errors/aqueduct-error.ts';

/** Holds a data folder for one server. */
export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the lock of a data folder, which ends with the process however it ends: it is a lock of SQLite's, kept by the
 * operating system, on a small file of its own. The file also names the holder.
 *
 * @throws AqueductError when another server has it.
 */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'server.lock');
  const holder = new Sqlite(path, { timeout: 0 });
  try {
    // WAL, so that a second server can still read who holds it.
    holder.pragma('journal_mode = WAL');
    holder.exec('create table if not exists holder (pid integer)');
    holder.exec('begin immediate; delete from holder');
    holder.prepare('insert into holder values (?)').run(process.pid);
    holder.exec('commit; begin immediate');
  } catch (error) {
    const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const pid = isBusy ? pidOf(holder) : undefined;
    holder.close();
    if (!isBusy) throw error;
    throw new AqueductError(
      'UNAVAILABLE',
      `Another Aqueduct server${pid ? ` (process ${pid})` : ''} uses the data folder ${dataDir}. ` +
        'Stop it first, or give this one another folder with --data-dir.',
    );
  }
  return { release: () => holder.close() };
}

function pidOf(holder: Sqlite.Database): number | undefined {
  try {
    return holder.prepare<[], { pid: number }>('select pid from holder').get()?.pid;
  } catch {
    return undefined;
  }
}
