import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { AqueductError } from './errors/aqueduct-error.ts';

/** Holds a data folder for one server. */
export interface DataFolderLock {
  release(): void;
}

/** Two that start at once are in each other's way for some milliseconds: only a server holds the lock for longer. */
const PATIENCE_MS = 1000;
/** At random, so that two of them do not meet again and again. */
const LONGEST_PAUSE_MS = 40;
/** What SQLite says of a disk that takes no more bytes. */
const NO_ROOM = /^SQLITE_(FULL|IOERR)/;

/**
 * Takes the lock of a data folder, which ends with the process however it ends: it is a lock of SQLite's, kept by the
 * operating system, on a small file of its own. The file also names the holder, where the disk has room for that.
 *
 * @throws AqueductError when another server has it, or it can't be taken.
 */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  const path = join(dataDir, 'server.lock');
  const deadline = performance.now() + PATIENCE_MS;
  for (let isNamed = true; ; ) {
    let holder: Sqlite.Database | undefined;
    try {
      const connection = new Sqlite(path, { timeout: 0 });
      holder = connection;
      if (isNamed) take(connection);
      else takeUnnamed(connection);
      return { release: () => connection.close() };
    } catch (error) {
      const code = error instanceof Sqlite.SqliteError ? error.code : '';
      const isBusy = code.startsWith('SQLITE_BUSY');
      const isOver = performance.now() > deadline;
      const pid = isBusy && isOver && holder ? pidOf(holder) : undefined;
      holder?.close();
      if (isBusy && isOver) throw taken(dataDir, pid);
      if (!isBusy && !(isNamed && NO_ROOM.test(code))) throw await notTaken(path, error);
      isNamed &&= isBusy;
    }
    await sleep(Math.random() * LONGEST_PAUSE_MS);
  }
}

function take(holder: Sqlite.Database): void {
  // WAL, so that a second server can still read who holds it.
  holder.pragma('journal_mode = WAL');
  holder.exec('create table if not exists holder (pid integer)');
  holder.exec('begin immediate');
  // Another that starts may put its name there while ours is committed.
  while (pidOf(holder) !== process.pid) {
    holder.exec('delete from holder');
    holder.prepare('insert into holder values (?)').run(process.pid);
    holder.exec('commit; begin immediate');
  }
}

/**
 * The same on a full disk, which has no room for the memory that connections share either: one beside which there can be
 * no other needs none.
 */
function takeUnnamed(holder: Sqlite.Database): void {
  holder.pragma('locking_mode = EXCLUSIVE');
  holder.exec('begin exclusive');
}

function pidOf(holder: Sqlite.Database): number | undefined {
  try {
    return holder.prepare<[], { pid: number }>('select pid from holder').get()?.pid;
  } catch {
    return undefined;
  }
}

function taken(dataDir: string, pid: number | undefined): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    `Another Aqueduct server${pid ? ` (process ${pid})` : ''} uses the data folder ${dataDir}. ` +
      'Stop it first, or give this one another folder with --data-dir.',
  );
}

async function notTaken(path: string, cause: unknown): Promise<AqueductError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    `The lock ${path} of the data folder can't be taken: ${reason}. ` +
    ((await takesNoFiles(dirname(path)))
      ? 'Its disk takes no more files, whatever room it has (`df -i`): remove some there. Nothing is lost.'
      : 'The user of the server must be able to write this file, on a disk that works.');
  return new AqueductError('UNAVAILABLE', message, { cause });
}

/** Whether all inodes of a disk are taken; those that have no fixed number of them say 0 for both. */
async function takesNoFiles(folder: string): Promise<boolean> {
  const { files, ffree } = await statfs(folder).catch(() => ({ files: 0, ffree: 0 }));
  return files > 0 && ffree === 0;
}
