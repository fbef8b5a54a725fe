import { checksumMismatch } from '../checksum-mismatch.ts';
import { collectBlob } from '../collect-blob.ts';
import { Failure } from '../errors/failure.ts';
import type { ReceivedFile } from './platform.ts';

/** Bytes: somewhat less than the 2 GiB that browsers hash at once, and they hash nothing in parts. */
const MOST_HASHED = 2e9;

export async function readBlob({ name, chunks, mediaType, size = 0, sha256 }: ReceivedFile): Promise<Blob> {
  // Browsers have it only in pages that came by https or from this machine.
  const subtle = globalThis.crypto?.subtle as typeof crypto.subtle | undefined;
  // Before all of it has come.
  if (subtle && size > MOST_HASHED) throw tooLarge(name);
  const blob = await collectBlob(chunks, mediaType);
  if (subtle && (await hashOf(blob, name, subtle)) !== sha256) throw checksumMismatch(name);
  return blob;
}

async function hashOf(blob: Blob, name: string, subtle: typeof crypto.subtle): Promise<string> {
  try {
    const digest = await subtle.digest('SHA-256', await blob.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch (cause) {
    // There may be memory for less.
    throw tooLarge(name, cause);
  }
}

function tooLarge(name: string, cause?: unknown): Failure {
  return new Failure(
    'TOO_LARGE',
    `"${name}" is too large for a browser to compare its SHA-256. Use downloadFile in Node.`,
    { cause },
  );
}
