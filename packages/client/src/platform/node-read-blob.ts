import { createHash } from 'node:crypto';
import { checksumMismatch } from '../checksum-mismatch.ts';
import { collectBlob } from '../collect-blob.ts';
import { hashed } from './node-hashed.ts';
import type { ReceivedFile } from './platform.ts';

/** Hashed while it comes: `crypto.subtle` wants all of it in one piece, and takes no 2 GiB. */
export async function readBlob({ name, chunks, mediaType, sha256 }: ReceivedFile): Promise<Blob> {
  const hash = createHash('sha256');
  const blob = await collectBlob(hashed(chunks, hash), mediaType);
  if (hash.digest('hex') !== sha256) throw checksumMismatch(name);
  return blob;
}
