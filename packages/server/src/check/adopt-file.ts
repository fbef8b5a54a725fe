import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '../access/context.ts';
import { discardObject } from '../files/discard-object.ts';
import { fileByName, isCurrent } from '../files/file.queries.ts';
import { makeReadable } from '../files/readable-folders.ts';
import { uploadFile } from '../files/upload-file.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { hashOf } from '../platform/storage/hash-of.ts';
import type { StoredObject } from '../platform/storage/storage.ts';
import type { Asides } from './asides.ts';
import type { RecordedFile } from './check.queries.ts';
import { type HandPutFile, LeftAlone, openHandPut } from './hand-put-file.ts';
import { inspectObject } from './inspect-object.ts';
import { isNewer, isOfAnother, OF_ANOTHER, shownBeside } from './is-newer.ts';
import { putAside } from './put-aside.ts';
import { reasonOf } from './reason-of.ts';

/** A file that somebody put into the folder of an experiment, and where it belongs in the record. */
export interface Adoptable {
  readonly path: string;
  readonly eid: string;
  /** Of the experiment. */
  readonly uuid: string;
  readonly experimentId: number;
  /** When the experiment was made, in microseconds since 1970; needed where the record has no file of that name. */
  readonly createdAt?: number;
  /** The name that it gets in the record. */
  readonly name: string;
  /** The file of that name in the record, if there is one. */
  readonly current: RecordedFile | undefined;
}

/** What became of it: a sentence that says what was done, why it was left alone, or what failed. */
export type Adoption = { readonly done: string } | { readonly refused: string } | { readonly failed: string };

/**
 * Takes a file in: its bytes are stored and recorded as those of an upload, and only then its name is made to show the
 * stored ones. Interrupted at any moment, the file is still there, or its bytes are in the record. What is being
 * written or replaced meanwhile is left alone.
 */
export async function adoptFile(ctx: Context, file: Adoptable, asides: Asides): Promise<Adoption> {
  try {
    const handPut = await openHandPut(file.path);
    try {
      const done = await record(ctx, file, handPut);
      return { done: done + (await replaceByObject(ctx, file, handPut, asides)) };
    } finally {
      await handPut.close();
    }
  } catch (error) {
    return notDone(error);
  }
}

/** What an error makes of it: what is gone by now is no failure. */
export function notDone(error: unknown): Adoption {
  const reason = reasonOf(error);
  const isLeft = error instanceof LeftAlone || /^(ENOENT|NOT_FOUND)$/.test(codeOf(error));
  return isLeft ? { refused: reason } : { failed: reason };
}

async function record(ctx: Context, file: Adoptable, handPut: HandPutFile): Promise<string> {
  const { uuid, name, current } = file;
  const hasSameBytes = current !== undefined && (await isSameAs(current, handPut));
  if (current && !hasSameBytes) {
    const isShown = (await shownBeside(ctx.storage, current, file.path)) !== undefined;
    if (!isNewer(handPut.stats, current, isShown))
      throw new LeftAlone('the record holds a newer version of this file. Rename it to keep both.');
  }
  if (!current && isOfAnother(handPut.stats, file.createdAt ?? 0)) throw new LeftAlone(OF_ANOTHER);
  // Else it would be recorded, and its name could not be made to show that.
  await access(dirname(file.path), constants.W_OK | constants.X_OK);
  if (hasSameBytes && (await inspectObject(ctx.storage, current)).is === 'intact') {
    await handPut.requireUnchanged();
    return 'its bytes are those of the record already: it shows them now.';
  }

  const object = await ctx.storage.put(handPut.read(), { expected: Number(handPut.stats.size) });
  try {
    await handPut.requireUnchanged();
    if (BigInt(object.size) !== handPut.stats.size)
      throw new LeftAlone('it was changed while it was read. Run this again when it is complete.');
  } catch (error) {
    await discardObject(ctx, object.key);
    throw error;
  }
  try {
    await uploadFile(ctx, { uuid, name, object, replaces: current?.object_key ?? null });
  } catch (error) {
    if (codeOf(error) !== 'CONFLICT') throw error;
    throw new LeftAlone('a file of this name was uploaded meanwhile. Run this again.');
  }
  if (!(await isStored(ctx, object)))
    throw new AqueductError('UNAVAILABLE', 'its bytes are gone from the storage. Run this again.');
  return current ? `taken in as the new version of ${name}.` : 'taken in.';
}

async function isSameAs({ size, sha256 }: RecordedFile, { stats, read }: HandPutFile): Promise<boolean> {
  return stats.size === BigInt(size) && (await hashOf(read())).sha256 === sha256;
}

async function replaceByObject(
  ctx: Context,
  file: Adoptable,
  { path, stats }: HandPutFile,
  asides: Asides,
): Promise<string> {
  const { eid, experimentId, name } = file;
  const row = await ctx.db.first(fileByName, { experimentId, name });
  if (!row) return ' It was deleted from the record meanwhile; the file itself stays.';
  try {
    const aside = await putAside(path, stats, () => makeReadable(ctx, `${eid}/${row.readable_name}`));
    if (typeof aside === 'string') return ` Somebody changed it just then: that file lies in ${aside}.`;
    await asides.add(aside, () => isStored(ctx, { key: row.object_key, size: row.size }));
    return '';
  } catch (error) {
    return ` The file itself stays: ${reasonOf(error)}`;
  }
}

/** Whether the bytes of a version that was recorded are there, or it is the current one no more. */
async function isStored(
  { db, storage }: Context,
  { key, size }: Omit<StoredObject, 'sha256'>,
): Promise<boolean> {
  // In this order: what is replaced in between is gone, and has its successor.
  return (await storage.sizeOf(key)) === size || !(await db.first(isCurrent, { key }));
}
