import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { LeftAlone } from './hand-put-file.ts';

/** What a failure means for one file, in words; what is not about this file is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof LeftAlone) return error.message;
  // Its own message is for those who have no business with our folders.
  const cause = error instanceof AqueductError ? error.cause : error;
  if (isDenied(cause)) return `user ${userName()} may not ${deniedAct(cause)} (${cause.message}).`;
  if (cause instanceof Error && 'syscall' in cause) return `${cause.message}.`;
  if (error instanceof AqueductError) return error.message;
  throw error;
}

/** Whether it is the want of a right. */
export function isDenied(error: unknown): error is NodeJS.ErrnoException & { dest?: string } {
  return /^(EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(codeOf(error));
}

/**
 * The failure of a command whose user wants a right, or whose disk can only be read.
 *
 * @param act - What it may not do.
 * @param dataDir - Where it would have to write: SQLite does, also to read.
 */
export function denied(act: string, cause: Error, dataDir: string): AqueductError {
  const message = isOnReadOnlyDisk(dataDir)
    ? `The disk of the data folder ${dataDir} can only be read, which is not enough to open its database ` +
      `(${cause.message}). Mount it for writing, or copy the folder to another disk and give the copy with --data-dir.`
    : `User ${userName()} may not ${act} (${cause.message}). Run this as the user of the server.`;
  return new AqueductError('UNAVAILABLE', message, { cause });
}

/** The system says so to every user, root too. */
function isOnReadOnlyDisk(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    return codeOf(error) === 'EROFS';
  }
}

/** The user whom the system asks for rights. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // It has no name here, as in many containers.
    return String(process.getuid?.());
  }
}

function deniedAct({ syscall, path, dest }: NodeJS.ErrnoException & { dest?: string }): string {
  if (path === undefined) return 'write to the database';
  if (syscall === 'access') return `write in ${path}`;
  return isReadable(path) ? `write in ${dirname(dest ?? path)}` : `read ${path}`;
}

/** So is what is not there. */
function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    return !isDenied(error);
  }
  return true;
}
