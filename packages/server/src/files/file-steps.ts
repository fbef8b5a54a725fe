import { Readable } from 'node:stream';
import type { Context } from '../access/context.ts';
import type { Transaction } from '../platform/database/database.ts';

/** A version of a file that was uploaded or is read. */
export interface FileVersion {
  readonly experimentUuid: string;
  readonly eid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What another room does in the transaction that makes an upload the current version. */
export type UploadStep = (ctx: Context, tx: Transaction, version: FileVersion) => Promise<void>;

/** What another room does when the content of a version is sent to somebody. */
export type ReadStep = (ctx: Context, version: FileVersion) => Promise<void>;

const uploadSteps: UploadStep[] = [];
const readSteps: ReadStep[] = [];

/** Registers what a room does with every upload. */
export function onUpload(step: UploadStep): void {
  uploadSteps.push(step);
}

/** Registers what a room does when a file is read. */
export function onRead(step: ReadStep): void {
  readSteps.push(step);
}

export async function runUploadSteps(ctx: Context, tx: Transaction, version: FileVersion): Promise<void> {
  for (const step of uploadSteps) await step(ctx, tx, version);
}

/**
 * @param bytes - Of the version, as they were opened: one that can't be, because it was replaced just then, nobody reads.
 *   Where a step fails, they are closed.
 */
export async function runReadSteps(
  ctx: Context,
  version: FileVersion,
  bytes: Readable | Buffer | undefined,
): Promise<void> {
  try {
    for (const step of readSteps) await step(ctx, version);
  } catch (error) {
    if (bytes instanceof Readable) bytes.destroy();
    throw error;
  }
}
