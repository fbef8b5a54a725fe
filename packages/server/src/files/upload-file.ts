import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { bumpRevision } from '../experiments/experiment.queries.ts';
import type { Transaction } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { StoredObject } from '../platform/storage/storage.ts';
import { discardInDoubt, discardObject } from './discard-object.ts';
import { doomObject, filesLike, insertFile, replaceFile } from './file.queries.ts';
import { runUploadSteps } from './file-steps.ts';
import { findEditable } from './find-editable.ts';
import { mediaTypeOf } from './media-type.ts';
import { showAfterCommit } from './readable-folders.ts';
import { encodedName, foldName } from './readable-name.ts';

/** Stored bytes that are to become a file. */
export interface Upload {
  /** Of the experiment. */
  readonly uuid: string;
  readonly name: string;
  readonly object: StoredObject;
  /** The object of the version whose place it may take, null where there must be none; absent: whatever is there. */
  readonly replaces?: string | null;
}

/** Whoever sweeps removes nothing that is younger, with a wide margin: see `YOUNG_MS`. */
const SURELY_THERE_MS = 10_000;

/** Checks, before the first byte is read, that the experiment of an upload is there and may be changed. */
export async function requireUploadTarget(ctx: Context, uuid: string): Promise<void> {
  requireExperimentRight(ctx.viewer, 'edit');
  await findEditable(ctx, ctx.db, uuid);
}

/**
 * Makes stored bytes the current version of a file; the version before goes in the same commit.
 *
 * @throws AqueductError `CONFLICT` where they may not take the place of the version that is there.
 */
export async function uploadFile(ctx: Context, upload: Upload): Promise<void> {
  const { uuid, name, object } = upload;
  ctx.idempotency?.describeInput('upload', uuid, name, object.sha256);
  let isRowWritten = false;
  try {
    await ctx.write(async (tx) => {
      isRowWritten = false;
      await writeVersion(ctx, tx, upload);
      isRowWritten = true;
    });
  } catch (error) {
    if (error instanceof AqueductError && error.isInDoubt) void discardInDoubt(ctx, object.key);
    else await discardObject(ctx, object.key);
    throw error;
  }
  // A repeat of a request found its work done.
  if (!isRowWritten) await discardObject(ctx, object.key);
}

/** The same within a transaction; it leaves the bytes alone where it fails. */
export async function writeVersion(
  ctx: Context,
  tx: Transaction,
  { uuid, name, object, replaces }: Upload,
): Promise<void> {
  const { id: experimentId, eid } = await findEditable(ctx, tx, uuid);
  const alike = await tx.all(filesLike, { experimentId, name, foldedName: foldName(name) });
  const old = alike.find((file) => file.name === name);
  if (replaces !== undefined && replaces !== (old?.object_key ?? null))
    throw new AqueductError('CONFLICT', `The file ${name} was uploaded or deleted meanwhile.`);
  await requireThere(ctx, object);
  const now = ctx.clock.now();
  const version = {
    experimentId,
    name,
    key: object.key,
    size: object.size,
    sha256: object.sha256,
    mediaType: mediaTypeOf(name),
    createdBy: ctx.viewer.uuid,
    taskUuid: ctx.viewer.taskUuid ?? null,
    now,
  };
  if (old) {
    const path = `${eid}/${old.readable_name}`;
    await tx.run(doomObject, { key: old.object_key, path, now });
    await tx.run(replaceFile, version);
    showAfterCommit(ctx, tx, [path]);
  } else {
    const readableName = alike.length > 0 ? await freeName(tx, experimentId, name) : name;
    await tx.run(insertFile, { ...version, foldedName: foldName(readableName), readableName });
    showAfterCommit(ctx, tx, [`${eid}/${readableName}`], object.key);
  }
  const { size, sha256 } = object;
  await runUploadSteps(ctx, tx, { experimentUuid: uuid, eid, name, size, sha256 });
  await tx.run(bumpRevision, { id: experimentId });
  await tx.appendEvent('file.changed', uuid);
}

/** Another server may take the bytes of a slow upload for what a crash left. Nobody can between here and the commit. */
async function requireThere({ storage }: Context, { key, begunAt }: StoredObject): Promise<void> {
  if (begunAt === undefined || Math.abs(Date.now() - begunAt) < SURELY_THERE_MS) return;
  if ((await storage.sizeOf(key)) !== undefined) return;
  throw new AqueductError(
    'UNAVAILABLE',
    'The bytes were taken for left over before they had their record. Nothing was stored; try again.',
  );
}

/** A readable name for a file whose own is taken. The encoded one may be, too: by a file that is really called so. */
async function freeName(tx: Transaction, experimentId: number, name: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const encoded = encodedName(name, attempt);
    const others = await tx.all(filesLike, { experimentId, name: encoded, foldedName: foldName(encoded) });
    if (others.length === 0) return encoded;
  }
}
