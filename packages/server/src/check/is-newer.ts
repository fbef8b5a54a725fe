import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { shownNames } from '../files/readable-name.ts';
import { looksLikeOurs } from '../platform/storage/shown-object.ts';
import type { Storage } from '../platform/storage/storage.ts';
import type { RecordedFile } from './check.queries.ts';

/** The clocks of disks lag behind that of the machine: by some ms, on FAT by 2 s. */
const DISK_LAG_NS = 2_000_000_000n;

/**
 * The other name under which a file is shown in its folder, because somebody's own file has the place at `path`, or its
 * disk takes no such name; undefined where it is not shown.
 */
export async function shownBeside(
  { readable }: Storage,
  { readable_name, object_key }: RecordedFile,
  path: string,
): Promise<string | undefined> {
  for (const name of shownNames(readable_name)) {
    const place = join(dirname(path), name);
    if (place !== path && (await readable?.shows(place, object_key))) return name;
  }
  return undefined;
}

/**
 * Whether somebody's own file is newer than the version of the record. Where that is not shown beside it, it was in
 * this place before; moments alone would not tell: those of disks lag behind. What looks like one that we made may be
 * a former version, whose record went while its folder was not there: its bytes are older then, whatever happened to its
 * name.
 */
export function isNewer(file: BigIntStats, { modified_at }: RecordedFile, isShown: boolean): boolean {
  const recordedAt = BigInt(modified_at) * 1000n;
  if (looksLikeOurs(file)) return file.mtimeNs > recordedAt;
  return !isShown || file.ctimeNs > recordedAt;
}

/**
 * Whether what lies in the folder of an experiment looks like a version that we made before there was this experiment: its
 * EID was given twice then, after an older copy of the database was put back.
 *
 * @param createdAt - When the experiment was made, in microseconds since 1970.
 */
export function isOfAnother(file: BigIntStats, createdAt: number): boolean {
  return looksLikeOurs(file) && file.mtimeNs + DISK_LAG_NS < BigInt(createdAt) * 1000n;
}

/** Why such a file is left alone. */
export const OF_ANOTHER =
  'it is older than this experiment, and read-only like the files of Aqueduct itself. It may be one of another ' +
  'experiment, which had this EID before an older copy of the database was put back. If it belongs here, put a new ' +
  'copy in its place and run this again.';
