import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PART_ID } from './local-parts.ts';
import { isDayOfKeys, isObjectKey } from './object-key.ts';

/** As files are named while bytes come in. */
export const TEMPORARY = /^[0-9a-f]{12}-\d+$/;

interface ObjectFolders {
  readonly objects: string;
  /** Both among the objects. */
  readonly incoming: string;
  readonly parts: string;
}

/** The folders of days among the objects, in their order. */
export async function daysAmong(objects: string): Promise<string[]> {
  const entries = await readdir(objects, { withFileTypes: true });
  return entries
    .filter(isDay)
    .map(({ name }) => name)
    .toSorted();
}

/**
 * Paths of what others left half-written and nobody has touched since a moment (milliseconds since 1970).
 *
 * @param own - What the names of our own begin with, which are none.
 */
export async function* leftoversIn(
  incoming: string,
  untouchedSince: number,
  own: string,
): AsyncIterable<string> {
  for (const name of await readdir(incoming)) {
    if (!TEMPORARY.test(name) || name.startsWith(own)) continue;
    const path = join(incoming, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() && found.ctimeMs <= untouchedSince) yield path;
  }
}

/** Paths of what lies among the objects and is nothing of ours: somebody put it there. */
export async function* strangersAmong({ objects, incoming, parts }: ObjectFolders): AsyncIterable<string> {
  for (const entry of await readdir(objects, { withFileTypes: true })) {
    const path = join(objects, entry.name);
    if (path === incoming || path === parts) continue;
    if (!isDay(entry)) yield path;
    else yield* unlike(path, (name) => isObjectKey(`${entry.name}/${name}`));
  }
  // Last: before the first start of this version they are not there.
  yield* unlike(incoming, (name) => TEMPORARY.test(name));
  yield* unlike(parts, (name) => PART_ID.test(name));
}

async function* unlike(folder: string, isOurs: (name: string) => boolean): AsyncIterable<string> {
  for (const name of await readdir(folder)) if (!isOurs(name)) yield join(folder, name);
}

function isDay(entry: Dirent): boolean {
  return entry.isDirectory() && isDayOfKeys(entry.name);
}
