import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodedName } from '../files/readable-name.ts';
import type { Storage } from '../platform/storage/storage.ts';
import type { RecordedFile } from './check.queries.ts';

/**
 * The other name under which a file is shown in its folder, because somebody's own file has the place at `path`;
 * undefined where it is not shown.
 */
export async function shownBeside(
  { readable }: Storage,
  { readable_name, object_key }: RecordedFile,
  path: string,
): Promise<string | undefined> {
  for (const name of [readable_name, encodedName(readable_name)]) {
    const place = join(dirname(path), name);
    if (place !== path && (await readable?.shows(place, object_key))) return name;
  }
  return undefined;
}

/**
 * Whether somebody's own file is newer than the version of the record. Where that is not shown beside it, it was in
 * this place before; moments alone would not tell: those of disks lag behind.
 */
export function isNewer({ ctimeNs }: BigIntStats, { modified_at }: RecordedFile, isShown: boolean): boolean {
  return !isShown || ctimeNs > BigInt(modified_at) * 1000n;
}
