import { randomBytes } from 'node:crypto';
import type { Context } from '../../access/context.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { discardOne } from '../discard-object.ts';
import { requireFileName } from '../file-name.ts';
import { findEditable } from '../find-editable.ts';
import { requireUuid } from '../require-uuid.ts';
import { requireUploadTarget } from '../upload-file.ts';
import { insertUpload } from './upload.queries.ts';

/** What a sender says about a file: names with their values, or null. */
export type UploadMetadata = Readonly<Record<string, string | null>>;

interface NewUpload {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly metadata: UploadMetadata;
}

/** An id that nobody guesses, as parts are named. */
export function newUploadId(): string {
  return randomBytes(16).toString('hex');
}

/** Begins an upload that may come in pieces; checks what an upload in one piece checks, in the same order. */
export async function beginUpload(ctx: Context, { id, size, metadata }: NewUpload): Promise<void> {
  const { filename: name, experiment, sha256 } = metadata;
  if (name === undefined || name === null) {
    throw new AqueductError(
      'INVALID_BODY',
      'The header Upload-Metadata must name the file: filename, then its name in Base64.',
    );
  }
  const uuid = requireUuid(experiment ?? '', ['header', 'Upload-Metadata', 'experiment']);
  requireFileName(name);
  await requireUploadTarget(ctx, uuid);
  const promisedSha256 = sha256?.toLowerCase() ?? null;
  if (promisedSha256 !== null && !/^[0-9a-f]{64}$/.test(promisedSha256)) {
    const message = `"${promisedSha256.slice(0, 80)}" is no SHA-256. Give its 64 hexadecimal digits, or none.`;
    throw new AqueductError('BAD_INPUT', message);
  }

  // Before its row: a row without its part would look like a part that was lost.
  await ctx.storage.parts.begin(id, size);
  try {
    await ctx.db.write(async (tx) => {
      const { id: experimentId } = await findEditable(ctx, tx, uuid);
      await tx.run(insertUpload, {
        id,
        experimentId,
        name,
        size,
        metadata: JSON.stringify(metadata),
        promisedSha256,
        createdBy: ctx.viewer.uuid,
        now: ctx.clock.now(),
      });
    });
  } catch (error) {
    // Where the commit is in doubt, its row may come to be; the sweep of parts knows.
    if (!(error instanceof AqueductError && error.isInDoubt))
      await discardOne(ctx, id, () => ctx.storage.parts.remove(id));
    throw error;
  }
}
