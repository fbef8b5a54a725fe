/** Pieces that are copied into a Blob at once: at the end, there would be all of it twice. */
const MOST_PARTS = 256;

/** All bytes of a stream as a Blob. */
export async function collectBlob(chunks: AsyncIterable<Uint8Array>, type = ''): Promise<Blob> {
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunks) {
    // A copy where the stream may use its memory again.
    if (parts.push(new Uint8Array(chunk)) < MOST_PARTS) continue;
    blobs.push(new Blob(parts));
    parts = [];
  }
  return new Blob([...blobs, ...parts], { type });
}
