import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { bumpRevision } from '../experiments/experiment.queries.ts';
import type { StoredObject } from '../platform/storage/storage.ts';
import { doomObject, fileByName, foldedTwin, insertFile, replaceFile } from './file.queries.ts';
import { findEditable } from './find-editable.ts';
import { mediaTypeOf } from './media-type.ts';
import { makeReadable } from './readable-folders.ts';
import { encodedName, foldName } from './readable-name.ts';

/** Checks, before the first byte is read, that the experiment of an upload is there and may be changed. */
export async function requireUploadTarget(ctx: Context, uuid: string): Promise<void> {
  requireExperimentRight(ctx.viewer, 'edit');
  await findEditable(ctx, ctx.db, uuid);
}

/** Makes stored bytes the current version of a file; the version before goes in the same commit. */
export async function uploadFile(
  ctx: Context,
  { uuid, name, object }: { uuid: string; name: string; object: StoredObject },
): Promise<void> {
  ctx.idempotency?.describeInput('upload', uuid, name, object.sha256);
  let isKept = false;
  try {
    await ctx.write(async (tx) => {
      const { id: experimentId, eid } = await findEditable(ctx, tx, uuid);
      const old = await tx.first(fileByName, { experimentId, name });
      const foldedName = foldName(name);
      const twin = old ? undefined : await tx.first(foldedTwin, { experimentId, name, foldedName });
      const readableName = old?.readable_name ?? (twin ? encodedName(name) : name);
      const path = `${eid}/${readableName}`;
      const now = ctx.clock.now();
      const version = {
        experimentId,
        name,
        key: object.key,
        size: object.size,
        sha256: object.sha256,
        mediaType: mediaTypeOf(name),
        createdBy: ctx.viewer.uuid,
        now,
      };
      if (old) {
        await tx.run(doomObject, { key: old.object_key, path, now });
        await tx.run(replaceFile, version);
      } else {
        await tx.run(insertFile, { ...version, foldedName, readableName });
      }
      await tx.run(bumpRevision, { id: experimentId });
      await tx.appendEvent('file.changed', uuid);
      isKept = true;
      tx.afterCommit(() => makeReadable(ctx, path));
    });
  } catch (error) {
    isKept = false;
    throw error;
  } finally {
    // Nothing refers to the bytes: the write failed, or a repeat of the same request found its work done.
    if (!isKept) await ctx.storage.remove(object.key);
  }
}
