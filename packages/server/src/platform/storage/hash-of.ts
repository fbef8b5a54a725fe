import { createHash } from 'node:crypto';

/**
 * Hashes a stream of bytes, none of which are kept.
 *
 * @param onBytes - Is told of each chunk's length.
 * @returns size in bytes, and SHA-256 in lower-case hexadecimal.
 */
export async function hashOf(
  source: AsyncIterable<Uint8Array>,
  onBytes?: (count: number) => void,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    size += chunk.length;
    onBytes?.(chunk.length);
  }
  return { size, sha256: hash.digest('hex') };
}
