import { createHash } from 'node:crypto';

export async function sha256Of(
  content: Blob | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content instanceof Blob ? content.stream() : content) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex');
}
