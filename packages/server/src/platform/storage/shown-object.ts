import { type BigIntStats, createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { compareTimes } from './copy-time.ts';
import { hashOf } from './hash-of.ts';

interface LocalObject {
  readonly key: string;
  /** Where it lies. */
  readonly path: string;
}

/**
 * How a readable name shows an object, if it does: a link is the object itself. A copy is known by its size and time, and
 * `perhaps` is one where the disk keeps too little of times.
 */
export async function howShown(
  path: string,
  object: LocalObject,
): Promise<'link' | 'copy' | 'perhaps' | undefined> {
  const [shown, stored] = await Promise.all([statOf(path), statOf(object.path)]);
  if (!shown?.isFile() || !stored) return undefined;
  if (shown.ino === stored.ino && shown.dev === stored.dev) return 'link';
  if (shown.size !== stored.size) return undefined;
  const time = compareTimes(object.key, stored, shown);
  return time === 'marked' ? 'copy' : time;
}

/** Whether a readable name may go: it shows the object, and is no file of somebody's own, also where times do not tell. */
export async function surelyShows(path: string, object: LocalObject): Promise<boolean> {
  const shown = await howShown(path, object);
  if (shown !== 'perhaps') return shown !== undefined;
  // To compare bytes takes its time: it may be another one by then.
  return (await haveSameBytes(path, object.path)) && (await howShown(path, object)) === shown;
}

/** As objects and their copies: nobody may write to them. */
export function looksLikeOurs({ uid, mode }: BigIntStats): boolean {
  return uid === BigInt(process.geteuid?.() ?? 0) && (mode & 0o222n) === 0n;
}

/** As big integers: numbers of files beyond 2^53 are common on some disks, and must not be taken for each other. */
export async function statOf(path: string) {
  return lstat(path, { bigint: true }).catch(() => undefined);
}

async function haveSameBytes(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([path, other].map((each) => hashOf(createReadStream(each))));
  return one?.sha256 === two?.sha256;
}
