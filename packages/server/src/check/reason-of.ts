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
 * The failure of a command whose user wants a right.
 *
 * @param act - What it may not do.
 */
export function denied(act: string, cause: Error): AqueductError {
  const message = `User ${userName()} may not ${act} (${cause.message}). Run this as the user of the server.`;
  return new AqueductError('UNAVAILABLE', message, { cause });
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
