import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { tooLarge } from '../errors/too-large.ts';
import { releaseMemory } from '../release-memory.ts';
import type { StoredObject } from './storage.ts';

/** Bytes that may wait for the disk: enough to receive and hash while the disk writes. */
const MOST_WAITING = 1024 * 1024;
/** Syncing along the way keeps the last sync short: the old client waits 0.5 s after its last byte. */
const SYNC_EVERY = 64 * 1024 * 1024;
/** About what is written at most from a milestone to the next: bytes go on coming while those before are synced. */
export const MOST_BETWEEN_MILESTONES = 2 * SYNC_EVERY;

/** What came in. */
export type Received = Omit<StoredObject, 'key'>;

interface ReceiveOptions {
  readonly maxBytes: number;
  /** Called about every 64 MiB with how many bytes are on the disk; the receiving fails with it. */
  readonly onMilestone: (bytes: number) => Promise<void>;
  /** Goes on with a hash of bytes that came before. */
  readonly hash?: Hash;
}

/**
 * Writes a stream into a file and hashes it, so that receiving and hashing go on while the disk writes. Resolves when
 * all bytes are written; those of the end are to be synced yet. A failed sync is never tried again: the kernel drops
 * such pages.
 */
export async function receiveInto(
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
  { maxBytes, onMilestone, hash = createHash('sha256') }: ReceiveOptions,
): Promise<Received> {
  const writer = new OverlappedWriter(handle, onMilestone);
  let size = 0;
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      const full = writer.add(chunk);
      hash.update(chunk);
      if (full) await full;
    }
  } catch (error) {
    await writer.settle();
    throw error;
  }
  await writer.finish();
  return { size, sha256: hash.copy().digest('hex') };
}

/** Takes chunks while the ones before are being written and synced. */
class OverlappedWriter {
  readonly #handle: FileHandle;
  readonly #onMilestone: (bytes: number) => Promise<void>;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #written = 0;
  #unsynced = 0;
  #writing: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #failure: unknown;

  constructor(handle: FileHandle, onMilestone: (bytes: number) => Promise<void>) {
    this.#handle = handle;
    this.#onMilestone = onMilestone;
  }

  /** Queues a chunk; gives a promise to wait for where enough is queued, or something failed. */
  add(chunk: Uint8Array): Promise<void> | undefined {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#failure === undefined) this.#writing ??= this.#write();
    return this.#failure !== undefined || this.#waitingBytes >= MOST_WAITING ? this.#room() : undefined;
  }

  /** Resolves when everything is written, and what is being synced has been. */
  async finish(): Promise<void> {
    await this.settle();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when nothing uses the file any more; never throws. */
  async settle(): Promise<void> {
    while (this.#writing) await this.#writing;
    await this.#syncing;
  }

  async #room(): Promise<void> {
    while (this.#failure === undefined && this.#waitingBytes >= MOST_WAITING) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Writes what is queued, once; the next call takes what has come in meanwhile. Nothing is written after a failure: a
   * call that ended without waiting for the disk would never count as over.
   */
  async #write(): Promise<void> {
    const chunks = this.#waiting;
    const bytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    try {
      await writeAll(this.#handle, chunks, bytes);
      chunks.forEach(releaseMemory);
      this.#written += bytes;
      this.#unsynced += bytes;
      if (this.#unsynced >= SYNC_EVERY) {
        // A disk slower than the network: the bytes must not gather for one long sync at the end.
        await this.#syncing;
        this.#syncing = this.#syncAlong();
      }
    } catch (error) {
      this.#failure ??= error;
    }
    const goesOn = this.#waiting.length > 0 && this.#failure === undefined;
    this.#writing = goesOn ? this.#write() : undefined;
  }

  async #syncAlong(): Promise<void> {
    this.#unsynced = 0;
    const bytes = this.#written;
    try {
      await this.#handle.datasync();
      await this.#onMilestone(bytes);
    } catch (error) {
      this.#failure ??= error;
    }
    this.#syncing = undefined;
  }
}

/** writev may write less than it was given. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[], bytes: number): Promise<void> {
  const { bytesWritten } = await handle.writev([...chunks]);
  if (bytesWritten === bytes) return;
  let rest = Buffer.concat(chunks).subarray(bytesWritten);
  while (rest.length > 0) rest = rest.subarray((await handle.write(rest)).bytesWritten);
}
