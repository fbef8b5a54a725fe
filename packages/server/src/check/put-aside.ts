import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { link, lstat, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSame } from './hand-put-file.ts';

/** Names of files that are recorded and about to go; a crash may leave one. */
const ASIDE = '.aqueduct-adopted-';

export function isAside(name: string): boolean {
  return name.startsWith(ASIDE);
}

/**
 * Takes away a file whose bytes are recorded, so that its name can show the object. Whatever was put in its place in
 * the last moment is caught and kept: a name is moved first, and only what was moved is looked at and removed.
 *
 * @param recorded - The file as it was when its bytes were stored.
 * @param showObject - Puts the object in its place.
 * @returns where it lies if it was changed in between; undefined when all went well.
 */
export async function putAside(
  path: string,
  recorded: BigIntStats,
  showObject: () => Promise<void>,
): Promise<string | undefined> {
  const aside = join(dirname(path), ASIDE + randomBytes(8).toString('hex'));
  await rename(path, aside);
  if (!isSame(await lstat(aside, { bigint: true }), recorded)) return putBack(aside, path);
  await showObject();
  // A program may still have had it open.
  if (!isSame(await lstat(aside, { bigint: true }), recorded)) return aside;
  await rm(aside);
  return undefined;
}

/** Gives it its name again, unless that is taken by now. */
async function putBack(aside: string, path: string): Promise<string> {
  try {
    await link(aside, path);
    await rm(aside);
    return path;
  } catch {
    return aside;
  }
}
