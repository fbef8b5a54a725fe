import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenServices } from '../access/open-services.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { hashOf } from '../platform/storage/hash-of.ts';
import { doomedIn, type RecordedFile, recordedFile, recordedIn } from './check.queries.ts';
import type { Bytes } from './finding.ts';
import { openPlain } from './hand-put-file.ts';
import { isNewer, shownBeside } from './is-newer.ts';
import type { RunningCheck } from './running-check.ts';

/** A server at work shows a new version so soon after its commit. */
const PATIENCE_MS = 5000;
const LOOK_EVERY_MS = 200;

/** What lies under the readable name of a file instead of its current version. */
export type WrongName =
  | { readonly is: 'absent' }
  /** A version that is about to be removed. */
  | { readonly is: 'older' }
  /** Another file of the experiment, which has it for want of its own. */
  | { readonly is: 'another'; readonly name: string }
  /** A folder, a link, …; `shownAs` is the other name under which the file is shown then. */
  | { readonly is: 'no-file'; readonly shownAs: string | undefined }
  /** A copy that we made, by its size and time, with other bytes: those of an older version, say. */
  | { readonly is: 'stale'; readonly found: Bytes }
  /** Somebody's own file with the bytes of the record. */
  | { readonly is: 'copy' }
  /** Somebody's own file, newer than the version of the record or not. */
  | {
      readonly is: 'other';
      readonly found: Bytes;
      readonly isNewer: boolean;
      readonly shownAs: string | undefined;
    };

/**
 * Looks at the readable name of a file, and again where a server may be about to make it right.
 *
 * @returns undefined where it is right, the file is gone, or its folder can't be looked into; else what is wrong, and the
 * row as it is now.
 */
export async function inspectReadableName(
  { installation, isQuick }: Pick<RunningCheck, 'installation' | 'isQuick'>,
  file: RecordedFile,
): Promise<{ file: RecordedFile; name: WrongName } | undefined> {
  const { db, storage, config, clock } = installation;
  const pathOf = ({ eid, readable_name }: RecordedFile) => join(config.experimentsDir, eid, readable_name);
  let current = file;
  // One deadline: what is replaced again and again would be waited for without end.
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    if (await isRight(storage, current, pathOf(current), isQuick)) return undefined;
    const refusal = await refusalOf(pathOf(current));
    if (refusal === 'ENAMETOOLONG') {
      // Its disk takes no such name: a shorter one is right.
      if (await shownBeside(storage, current, pathOf(current))) return undefined;
      // What can't be seen need not be wrong: its folder is reported.
    } else if (refusal !== undefined) return undefined;
    const now = await db.first(recordedFile, { id: file.id });
    if (!now) return undefined;
    const isSame = now.object_key === current.object_key;
    const isSettled = clock.now() - now.modified_at > PATIENCE_MS * 1000;
    current = now;
    if ((isSame && isSettled) || performance.now() > deadline) break;
    await sleep(LOOK_EVERY_MS);
  }
  return { file: current, name: await describe(installation, current, pathOf(current)) };
}

/** A link is the object itself. Of a copy, size and time do not tell what its bytes are by now. */
async function isRight(
  { readable }: OpenServices['storage'],
  { object_key, size, sha256 }: RecordedFile,
  path: string,
  isQuick: boolean,
): Promise<boolean> {
  const shown = await readable.shows(path, object_key);
  if (shown !== 'copy' || isQuick) return shown !== undefined;
  return (await bytesAt(path, size)).sha256 === sha256;
}

/** The code with which the system refuses to look for it, if it does. */
async function refusalOf(path: string): Promise<string | undefined> {
  const code = await lstat(path).then(() => undefined, codeOf);
  return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : code;
}

async function describe({ db, storage }: OpenServices, file: RecordedFile, path: string): Promise<WrongName> {
  const { eid, readable_name, object_key, size, sha256 } = file;
  const stats = await lstat(path, { bigint: true }).catch(() => undefined);
  if (!stats) return { is: 'absent' };
  const shownAs = await shownBeside(storage, file, path);
  if (!stats.isFile()) return { is: 'no-file', shownAs };
  for (const doomed of await db.all(doomedIn, { start: `${eid}/` })) {
    if (doomed.readable_path !== `${eid}/${readable_name}`) continue;
    if (await storage.readable.shows(path, doomed.object_key)) return { is: 'older' };
  }
  // Only encoded names are given to files that are not called so.
  const others = readable_name.includes('~') ? await db.all(recordedIn, { eids: [eid] }) : [];
  for (const { id, name, object_key: key } of others)
    if (id !== file.id && (await storage.readable.shows(path, key))) return { is: 'another', name };
  const other = { is: 'other', isNewer: isNewer(stats, file, shownAs !== undefined), shownAs } as const;
  if (stats.size !== BigInt(size)) return { ...other, found: { size: Number(stats.size) } };
  const found = await bytesAt(path, size);
  if (found.sha256 === sha256) return { is: 'copy' };
  return (await storage.readable.shows(path, object_key)) ? { is: 'stale', found } : { ...other, found };
}

/** Where it can't be read, only its size is known. */
async function bytesAt(path: string, size: number): Promise<Bytes> {
  try {
    const handle = await openPlain(path);
    return await hashOf(handle.createReadStream());
  } catch {
    return { size };
  }
}
