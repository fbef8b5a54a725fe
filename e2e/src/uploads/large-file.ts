import { createCipheriv, createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const STEP = 4 * 1024 * 1024;

/** Makes a file of so many bytes, no two steps of which are alike. */
export async function makeLargeFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16));
  const zeros = Buffer.alloc(STEP);
  for (let at = 0; at < size; at += STEP) await file.write(cipher.update(zeros.subarray(0, size - at)));
  await file.close();
}

export async function sha256OfStream(stream: AsyncIterable<Uint8Array> | null): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream ?? []) hash.update(chunk);
  return hash.digest('hex');
}
