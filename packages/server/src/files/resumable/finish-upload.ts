import type { Context } from '../../access/context.ts';
import { requireTokenOfTask } from '../../access/task-token.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { writeVersion } from '../upload-file.ts';
import { discardUpload } from './discard-upload.ts';
import { findUpload, noSuchUpload, type UploadRow } from './find-upload.ts';
import { requireHeld, takenOver, whyNotHeld } from './hold-upload.ts';
import { markFinished, sealUpload, uploadById } from './upload.queries.ts';

/**
 * Makes an upload whose bytes are all there the current version of its file. What a crash or a failure interrupts goes
 * on with the next call, from the step it was at.
 *
 * @returns the SHA-256 of the file, lower-case hexadecimal.
 */
export async function finishUpload(ctx: Context, id: string): Promise<string> {
  const upload = await findUpload(ctx, id);
  if (upload.is_finished && upload.sha256 !== null) return upload.sha256;
  const { key, sha256 } = await seal(ctx, upload);
  await ctx.storage.parts.keep(id, key);
  await ctx.db.write(async (tx) => {
    const row = await tx.first(uploadById, { id });
    if (!row) throw noSuchUpload();
    if (row.is_finished) return;
    await requireTokenOfTask(tx, ctx.viewer);
    const { experiment_uuid: uuid, name, size } = row;
    await writeVersion(ctx, tx, { uuid, name, object: { key, size, sha256 } });
    await tx.run(markFinished, { id, now: ctx.clock.now() });
  });
  return sha256;
}

/** Commits the key under which the bytes will lie before they go there: from now on they need not be sent again. */
async function seal(ctx: Context, upload: UploadRow): Promise<{ key: string; sha256: string }> {
  const { id, object_key: sealed, sha256: known, promised_sha256: promised } = upload;
  if (sealed !== null && known !== null) return { key: sealed, sha256: known };
  if (upload.writer !== null && upload.writer !== ctx.home) throw takenOver();
  const sha256 = await ctx.storage.parts.hash(id, upload.size);
  if (promised !== null && promised !== sha256) {
    // What another server has received meanwhile may be right.
    if (upload.writer !== null) await requireHeld(ctx, id);
    await discardUpload(ctx, id);
    throw new AqueductError(
      'BAD_INPUT',
      `The bytes that came have the SHA-256 ${sha256}, not the announced ${promised}; nothing was stored. Send the file again.`,
    );
  }
  const key = ctx.storage.newKey();
  await ctx.db.write(async (tx) => {
    const sealing = { id, writer: ctx.home, key, sha256, now: ctx.clock.now() };
    if (!(await tx.run(sealUpload, sealing))) throw whyNotHeld(await tx.first(uploadById, { id }));
  });
  return { key, sha256 };
}
