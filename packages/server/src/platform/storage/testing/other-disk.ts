import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk in memory that every user of a Linux has. */
const OTHER_DISK = '/dev/shm';

/** Whether this machine has another disk than the one of temporary folders; says in words that it has not. */
export function hasOtherDisk(): boolean {
  const other = statSync(OTHER_DISK, { throwIfNoEntry: false });
  const isThere = other !== undefined && other.dev !== statSync(tmpdir()).dev;
  if (!isThere) console.log('Left out: copies on another disk, because there is none.');
  return isThere;
}

/** A new empty folder on that disk, to which no file of a temporary folder can be linked. */
export async function folderOnOtherDisk(): Promise<string> {
  const folder = await mkdtemp(join(OTHER_DISK, 'aqueduct-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
