import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { link, lstat, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSame } from './hand-put-file.ts';

/** Names of files that are recorded and about to go; a crash may leave one. */
const ASIDE = '.aqueduct-adopted-';

/** A file whose bytes are recorded, under the name that it has until it goes. */
export interface Aside {
  readonly path: string;
  /** Where it lay before. */
  readonly from: string;
  /** As it was when its bytes were stored. */
  readonly stats: BigIntStats;
}

export function isAside(name: string): boolean {
  return name.startsWith(ASIDE);
}

/**
 * Takes its name from a file whose bytes are recorded, so that it can show the object. Whatever was put in its place in
 * the last moment is caught and kept: a name is moved first, and only what was moved is looked at.
 *
 * @param recorded - The file as it was when its bytes were stored.
 * @param showObject - Puts the object in its place.
 * @returns what can go now; or where it lies if it was changed in between.
 */
export async function putAside(
  path: string,
  recorded: BigIntStats,
  showObject: () => Promise<void>,
): Promise<Aside | string> {
  const aside = join(dirname(path), ASIDE + randomBytes(8).toString('hex'));
  await rename(path, aside);
  if (!isSame(await lstat(aside, { bigint: true }), recorded)) return putBack(aside, path);
  await showObject();
  return { path: aside, from: path, stats: recorded };
}

/**
 * Gives it its name again, unless that is taken by now.
 *
 * @returns where it lies then.
 */
export async function putBack(aside: string, path: string): Promise<string> {
  try {
    await link(aside, path);
    await rm(aside);
    return path;
  } catch {
    return aside;
  }
}
