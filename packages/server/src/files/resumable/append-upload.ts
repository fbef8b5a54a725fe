import type { Context } from '../../access/context.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { isPassing } from '../../platform/errors/as-aqueduct-error.ts';
import { isWhole, type UploadRow } from './find-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { holdUpload, letUploadGo, requireHeld, takenOver, whyNotHeld } from './hold-upload.ts';
import { noteReceived, uploadById } from './upload.queries.ts';

/**
 * Adds bytes to an upload, and makes it a file when they are all there. Where the source breaks, what came stays.
 *
 * @returns the offset behind the last byte, and the SHA-256 of the file once it is one.
 */
export async function appendUpload(
  ctx: Context,
  { id, received: offset }: Pick<UploadRow, 'id' | 'received'>,
  source: AsyncIterable<Uint8Array>,
): Promise<{ end: number; sha256: string | null }> {
  const upload = await holdUpload(ctx, id);
  const { received, size } = upload;
  if (isWhole(upload)) {
    // Nothing, at its end: so a client asks that has lost the last answer.
    for await (const { length } of source) if (length > 0) throw moreThanAnnounced();
    return { end: size, sha256: await finishUpload(ctx, id) };
  }
  try {
    // Another server has added some since its row was read, from which these bytes were to go on.
    if (received !== offset) throw takenOver();
    const end = await ctx.storage.parts.append(id, received, source, {
      maxBytes: size - received,
      onOpened: () => requireHeld(ctx, id),
      async onDurable(end) {
        // All of them are received only when the file is in the record: whoever hears that they are may stop sending.
        if (end === size) return requireHeld(ctx, id);
        const note = { id, writer: ctx.home, received: end, now: ctx.clock.now() };
        await ctx.db.write(async (tx) => {
          if (!(await tx.run(noteReceived, note))) throw whyNotHeld(await tx.first(uploadById, { id }));
        });
      },
    });
    if (end === size) return { end, sha256: await finishUpload(ctx, id) };
    await letUploadGo(ctx, id);
    return { end, sha256: null };
  } catch (error) {
    const letGo = letUploadGo(ctx, id);
    // A database that has not answered just now would be waited for as long again.
    if (!isPassing(error)) await letGo;
    throw error;
  }
}

/** That an upload has more bytes than its sender said in the beginning. */
export function moreThanAnnounced(): AqueductError {
  return new AqueductError('TOO_LARGE', 'More bytes came than Upload-Length announced.');
}
