import type { Context } from '../../access/context.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { isWhole, noSuchUpload, type UploadRow } from './find-upload.ts';
import { handOver, letGo, uploadById } from './upload.queries.ts';

/**
 * Makes this server the only one that adds bytes to an upload, until `letUploadGo`; within it, `UploadLocks` sees to that.
 * Where another server was at it, its request may still write into the file that it has open. So the safe bytes are
 * copied into a file of our own, and from the first step on nothing counts any more that the other one notes.
 *
 * @returns the upload as it stands now.
 * @throws AqueductError `CONFLICT` where yet another one was faster.
 */
export async function holdUpload(ctx: Context, id: string): Promise<UploadRow> {
  const { db, storage, home } = ctx;
  // Left behind by a crash, it is no writer, and is taken over by whoever comes next.
  const taking = `${home} takes over`;
  const row = await db.write(async (tx) => {
    const found = await tx.first(uploadById, { id });
    if (!found) throw noSuchUpload();
    if (isWhole(found)) return found;
    const { received, writer: from } = found;
    const to = from === null || from === home ? home : taking;
    if (!(await tx.run(handOver, { id, received, from, to }))) throw takenOver();
    return { ...found, writer: to };
  });
  if (row.writer !== taking) return row;
  const { received } = row;
  await storage.parts.renew(id, received);
  if (!(await db.write((tx) => tx.run(handOver, { id, received, from: taking, to: home }))))
    throw takenOver();
  return { ...row, writer: home };
}

/** @throws AqueductError where this server holds the upload no more. */
export async function requireHeld(ctx: Context, id: string): Promise<void> {
  const row = await ctx.db.first(uploadById, { id });
  if (row?.writer !== ctx.home) throw whyNotHeld(row);
}

/** Lets any server go on with the upload. Never throws: where it stays ours, others take it over. */
export async function letUploadGo({ db, home, log }: Context, id: string): Promise<void> {
  await db
    .write((tx) => tx.run(letGo, { id, writer: home }))
    .catch((err: unknown) => log.warn({ err, id }, 'an upload is still noted as this server’s'));
}

/** Why nothing could be noted of an upload that this server held, which is now this. */
export function whyNotHeld(row: UploadRow | undefined): AqueductError {
  return row ? takenOver() : noSuchUpload();
}

/** That another request is at it now. */
export function takenOver(): AqueductError {
  return new AqueductError(
    'CONFLICT',
    'Another request goes on with this upload. Ask for its offset with HEAD, and go on from there.',
  );
}
