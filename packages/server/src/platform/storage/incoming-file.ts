import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** Bytes that may wait for the disk: enough to receive and hash while the disk writes. */
const MOST_WAITING = 1024 * 1024;
/** Syncing along the way keeps the last sync short: the old client waits 0.5 s after its last byte. */
const SYNC_EVERY = 64 * 1024 * 1024;

/**
 * Writes a stream into a file and hashes it, so that receiving and hashing go on while the disk writes. Resolves when
 * all bytes are on the disk. A failed sync is never tried again: the kernel may have dropped the pages.
 */
export async function receiveInto(
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let unsynced = 0;
  let writing: Promise<void> | undefined;
  let syncing: Promise<void> | undefined;
  let failure: unknown;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const chunks = waiting;
      const bytes = waitingBytes;
      waiting = [];
      waitingBytes = 0;
      await writeAll(handle, chunks, bytes);
      unsynced += bytes;
      if (unsynced >= SYNC_EVERY && !syncing) {
        unsynced = 0;
        syncing = handle.datasync().then(
          () => void (syncing = undefined),
          (error: unknown) => void (failure ??= error),
        );
      }
    }
    writing = undefined;
  };

  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes)
        throw new AqueductError('TOO_LARGE', `Maximum file size limit (${maxBytes} bytes) exceeded.`);
      waiting.push(chunk);
      waitingBytes += chunk.length;
      writing ??= drain().catch((error: unknown) => void (failure ??= error));
      hash.update(chunk);
      if (waitingBytes >= MOST_WAITING) await writing;
      if (failure) throw failure;
    }
  } finally {
    await writing;
    await syncing;
  }
  if (failure) throw failure;
  await handle.datasync();
  return { size, sha256: hash.digest('hex') };
}

/** writev may write less than it was given. */
async function writeAll(handle: FileHandle, chunks: Uint8Array[], bytes: number): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten === bytes) return;
  let rest = Buffer.concat(chunks).subarray(bytesWritten);
  while (rest.length > 0) rest = rest.subarray((await handle.write(rest)).bytesWritten);
}
