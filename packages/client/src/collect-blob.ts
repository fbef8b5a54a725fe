/** All bytes of a stream as a Blob. */
export async function collectBlob(chunks: AsyncIterable<Uint8Array>, type = ''): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  // A copy where the stream may use its memory again.
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk));
  return new Blob(parts, { type });
}
