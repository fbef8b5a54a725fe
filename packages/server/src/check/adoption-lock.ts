import Sqlite from 'better-sqlite3';
import { adoptLockIn } from '../files/running-adoption.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { denied, isDenied } from './reason-of.ts';

/** Holds a data folder for one adoption, and knows of those before that were interrupted. */
export interface AdoptionLock {
  /** What the keys of the objects begin with that interrupted ones have stored: see `markOf`. */
  readonly interrupted: ReadonlySet<string>;
  /** Nothing is left of an interrupted one. */
  forget(mark: string): void;
  /** Ends this one. */
  finish(): void;
  /** Lets another one in. Without an end before it, this one counts as interrupted. */
  release(): void;
}

/** Whoever begins or ends is in the way of others for some milliseconds. */
const PATIENCE_MS = 1000;

/**
 * Takes the lock for adoptions, which ends with the process however it ends: it is a lock of SQLite's, kept by the
 * operating system, on a small file of its own. The file also names who has not finished.
 *
 * @param mark - Of this process.
 * @throws AqueductError when another has it, or it can't be taken.
 */
export function lockAdoptions(dataDir: string, mark: string): AdoptionLock {
  const path = adoptLockIn(dataDir);
  let file: Sqlite.Database | undefined;
  try {
    file = new Sqlite(path, { timeout: PATIENCE_MS });
    file.exec('begin immediate; create table if not exists adoption (mark text primary key, pid integer)');
    const interrupted = new Set(file.prepare<[], string>('select mark from adoption').pluck().all());
    file.prepare('insert into adoption values (?, ?)').run(mark, process.pid);
    file.exec('commit; begin immediate');
    return lockOn(file, mark, interrupted);
  } catch (error) {
    const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const holder = isBusy && file ? holderOf(file) : undefined;
    file?.close();
    if (isDenied(error)) throw denied(`write ${path}, so nothing can be taken in`, error, dataDir);
    if (!isBusy) throw notTaken(path, error);
    throw new AqueductError(
      'UNAVAILABLE',
      `Another \`aqueduct check --adopt\`${holder ? ` (process ${holder})` : ''} is at work in the data folder ` +
        `${dataDir}. Run this again when it is done.`,
    );
  }
}

function lockOn(file: Sqlite.Database, mark: string, interrupted: ReadonlySet<string>): AdoptionLock {
  const forget = file.prepare<[string]>('delete from adoption where mark = ?');
  return {
    interrupted,
    forget: (of) => void forget.run(of),
    finish() {
      forget.run(mark);
      file.exec('commit');
    },
    release: () => file.close(),
  };
}

function notTaken(path: string, cause: unknown): unknown {
  if (!(cause instanceof Sqlite.SqliteError)) return cause;
  const advice = /^SQLITE_(NOTADB|CORRUPT)/.test(cause.code)
    ? 'It is damaged: remove it, and run this again.'
    : 'Look after the room on its disk, and run this again.';
  return new AqueductError(
    'UNAVAILABLE',
    `The lock ${path} can't be taken, so nothing can be taken in: ${cause.message}. ${advice}`,
    { cause },
  );
}

function holderOf(file: Sqlite.Database): number | undefined {
  try {
    return file.prepare<[], number>('select pid from adoption order by rowid desc').pluck().get();
  } catch {
    return undefined;
  }
}
