import type { Context } from '../../access/context.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { isWhole, noSuchUpload, type UploadRow } from './find-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { noteReceived } from './upload.queries.ts';

/**
 * Adds bytes to an upload, and makes it a file when they are all there. Where the source breaks, what came stays.
 *
 * @returns the offset behind the last byte, and the SHA-256 of the file once it is one.
 */
export async function appendUpload(
  ctx: Context,
  upload: UploadRow,
  source: AsyncIterable<Uint8Array>,
): Promise<{ end: number; sha256: string | null }> {
  const { id, received, size } = upload;
  if (isWhole(upload)) {
    // Nothing, at its end: so a client asks that has lost the last answer.
    for await (const { length } of source) if (length > 0) throw moreThanAnnounced();
    return { end: size, sha256: await finishUpload(ctx, id) };
  }
  const end = await ctx.storage.parts.append(id, received, source, {
    maxBytes: size - received,
    async onDurable(end) {
      // All of them are received only when the file is in the record: whoever hears that they are may stop sending.
      if (end === size) return;
      const now = ctx.clock.now();
      const isThere = await ctx.db.write((tx) => tx.run(noteReceived, { id, received: end, now }));
      if (!isThere) throw noSuchUpload();
    },
  });
  return { end, sha256: end === size ? await finishUpload(ctx, id) : null };
}

/** That an upload has more bytes than its sender said in the beginning. */
export function moreThanAnnounced(): AqueductError {
  return new AqueductError('TOO_LARGE', 'More bytes came than Upload-Length announced.');
}
