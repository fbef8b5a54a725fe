import { accessSync, constants } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { codeOf } from '../../platform/storage/code-of.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { ENVIRONMENT } from './environment-names.ts';

const LOOK_EVERY_MS = 200;

/**
 * Does something while nobody else builds environments of this extension, in this process or another. The lock is one
 * of SQLite's, which the system takes back from a process that dies.
 */
export async function whileBuilding<Result>(
  folder: string,
  { signal, print }: BuildTools,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(folder, `${ENVIRONMENT}.lock`);
  let isTold = false;
  for (;;) {
    const lock = tryLock(path);
    if (lock) {
      try {
        return await work();
      } finally {
        lock.close();
      }
    }
    if (!isTold) print('Waiting for another task that prepares this extension …');
    isTold = true;
    await sleep(LOOK_EVERY_MS);
    signal.throwIfAborted();
  }
}

function tryLock(path: string): Sqlite.Database | undefined {
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(path, { timeout: 0 });
    // One that can only be read SQLite opens too, and its lock keeps nobody out.
    accessSync(path, constants.W_OK);
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    const code = codeOf(error);
    if (code === '') throw error;
    if (code.startsWith('SQLITE_BUSY')) return undefined;
    throw new AqueductError(
      'UNAVAILABLE',
      `The folder of the extension can not be written, which its environment needs: let the server's user write into ` +
        `it, and into ${basename(path)} where that is there, and run the action again.`,
      { cause: error },
    );
  }
}
