import type { Context } from '../../access/context.ts';
import { requireExperimentRight } from '../../access/require-scope.ts';
import type { UploadTable } from '../../platform/database/schema.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { findEditable } from '../find-editable.ts';
import { deleteWaiting, uploadById } from './upload.queries.ts';

/** An upload, as its row has it. */
export type UploadRow = UploadTable & { readonly experiment_uuid: string };

/**
 * The caller's own upload of this id.
 *
 * @throws AqueductError `NOT_FOUND` where there is none, or its experiment is none that the caller sees, `FORBIDDEN`
 * where the experiment may not be changed any more.
 */
export async function findUpload(ctx: Context, id: string): Promise<UploadRow> {
  requireExperimentRight(ctx.viewer, 'edit');
  const row = await ctx.db.first(uploadById, { id });
  if (!row || row.created_by !== ctx.viewer.uuid) throw noSuchUpload();
  await findEditable(ctx, ctx.db, row.experiment_uuid);
  if (isWhole(row)) return row;
  const there = await ctx.storage.parts.sizeOf(id);
  if (there !== undefined && there >= row.received) return row;
  // Over a network, what another server writes is seen a while later.
  if (row.writer !== null && row.writer !== ctx.home) return row;
  // Another request may have sealed it since its row was read: then its bytes lie among the objects.
  if (!(await ctx.db.write((tx) => tx.run(deleteWaiting, { id })))) return findUpload(ctx, id);
  // An older state of the disk was put back, say.
  ctx.log.error({ id, received: row.received, there }, 'bytes of an upload are missing; it must begin anew');
  throw noSuchUpload();
}

/** Whether all bytes of an upload are there, be it a file already or not. */
export function isWhole({ is_finished, object_key }: UploadRow): boolean {
  return is_finished === 1 || object_key !== null;
}

/** That an upload is not there, or not the caller's. */
export function noSuchUpload(): AqueductError {
  const message =
    'There is no such upload: it was discarded, nothing of it came for too long, or its experiment was removed. ' +
    'Begin it anew.';
  return new AqueductError('NOT_FOUND', message);
}
