import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/utils';
import type { Context } from '../../access/context.ts';
import { appendUpload } from './append-upload.ts';
import { beginUpload, type UploadMetadata } from './begin-upload.ts';
import { discardUpload } from './discard-upload.ts';
import { findUpload, isWhole } from './find-upload.ts';
import { finishUpload } from './finish-upload.ts';

const DAY_MS = 86_400_000;

/** What the protocol asks of a storage, by our operations, for the caller of one request. */
export class UploadStore extends DataStore {
  override readonly extensions = ['creation', 'creation-with-upload', 'expiration', 'termination'];
  /** Of the whole file, once the request has found or made it one; lower-case hexadecimal. */
  sha256: string | null = null;
  readonly #ctx: Context;

  constructor(ctx: Context) {
    super();
    this.#ctx = ctx;
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, size = 0, metadata = {} } = upload;
    await beginUpload(this.#ctx, { id, size, metadata });
    // Of nothing, all bytes are there.
    if (size === 0) this.sha256 = await finishUpload(this.#ctx, id);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await findUpload(this.#ctx, id);
    // Where its bytes are all there, what kept it from becoming a file may be over by now.
    if (isWhole(row)) this.sha256 = await finishUpload(this.#ctx, id);
    return new Upload({
      id,
      size: row.size,
      offset: isWhole(row) ? row.size : row.received,
      metadata: JSON.parse(row.metadata_json) as UploadMetadata,
      // The protocol's package counts the days from here; they begin anew with every byte.
      creation_date: new Date(row.touched_at / 1000).toISOString(),
    });
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    // Whether its sender may is known from `getUpload`, or it has just been begun.
    const { end, sha256 } = await appendUpload(this.#ctx, { id, received: offset }, source);
    this.sha256 = sha256;
    return end;
  }

  override async remove(id: string): Promise<void> {
    await findUpload(this.#ctx, id);
    await discardUpload(this.#ctx, id);
  }

  override getExpiration(): number {
    return this.#ctx.config.unfinishedUploadDays * DAY_MS;
  }
}
