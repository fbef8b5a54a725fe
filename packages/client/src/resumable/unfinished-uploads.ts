import type { Connection } from '../connection.ts';
import { rememberedUploads, uploadMemory } from '../platform/browser-upload-memory.ts';
import type { UploadIdentity } from '../platform/platform.ts';
import { discardUpload, lookAtUpload } from './upload-requests.ts';

/** An upload that this browser has begun and not finished. */
export interface UnfinishedUpload {
  readonly identity: UploadIdentity;
  readonly address: string;
}

/** What this browser has begun to upload to an experiment of this server and not finished. */
export function unfinishedUploads(
  connection: Connection,
  experimentUuid: string,
): readonly UnfinishedUpload[] {
  return rememberedUploads().filter(
    ({ identity }) => identity.server === connection.url.href && identity.experimentUuid === experimentUuid,
  );
}

/**
 * How many bytes of it the server has; undefined, and forgotten, where nothing is left to do. Whoever sends it just now
 * is interrupted.
 */
export async function receivedOf(
  connection: Connection,
  { identity, address }: UnfinishedUpload,
  signal: AbortSignal,
): Promise<number | undefined> {
  const state = await lookAtUpload(connection, address, signal);
  if (state && state.offset < identity.size) return state.offset;
  await uploadMemory.delete(identity);
  return undefined;
}

/** Discards it, here and on the server. */
export async function discardUnfinished(
  connection: Connection,
  { identity, address }: UnfinishedUpload,
): Promise<void> {
  await discardUpload(connection, address);
  await uploadMemory.delete(identity);
}
