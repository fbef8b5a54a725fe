import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './storage/code-of.ts';

/**
 * Makes a folder, and those above it that are not there. Node's own way, `recursive`, never comes to an end below `/proc`,
 * where the system answers for ever that something above is missing.
 *
 * @throws the system's error where it can't be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  let error = await tryToMake(folder);
  if (codeOf(error) === 'ENOENT') {
    await makeFolder(dirname(folder));
    error = await tryToMake(folder);
  }
  if (error !== undefined) throw error;
}

/** Gives the system's error where there is no such folder then. */
async function tryToMake(folder: string): Promise<unknown> {
  try {
    await mkdir(folder);
    return undefined;
  } catch (error) {
    const isThere = await stat(folder).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    return isThere ? undefined : error;
  }
}
