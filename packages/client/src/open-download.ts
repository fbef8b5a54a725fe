import type { BodyChunks } from './body-chunks.ts';
import { Failure } from './errors/failure.ts';
import { type FileOwner, filePath } from './experiment-files.ts';
import type { TransferOptions } from './progress.ts';

export interface Download {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  /** What the bytes must have, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Lets go of the connection; to be called where the chunks are not read to their end. */
  close(): Promise<unknown>;
}

/** Asks for a file; its bytes are still to come, and to be compared with the SHA-256. */
export async function openDownload(
  owner: FileOwner,
  name: string,
  options: TransferOptions,
): Promise<Download> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const { headers, chunks } = await owner.connection.open({
    method: 'GET',
    path: filePath(owner, name),
    signal,
  });
  const sha256 = sha256Of(headers);
  if (sha256 === undefined) {
    await chunks.return();
    throw new Failure(
      'BAD_ANSWER',
      'The answer has no ETag with the SHA-256 of the file, so its bytes can not be checked. ' +
        'Is this an Aqueduct server, and does a proxy on the way remove the header?',
    );
  }
  const length = headers.get('content-length');
  return {
    chunks: reported(chunks, length === null ? undefined : Number(length), onProgress),
    mediaType: headers.get('content-type') ?? 'application/octet-stream',
    sha256,
    close: () => chunks.return(),
  };
}

/** From this answer itself: asked for apart, it could be that of a newer version. */
function sha256Of(headers: Headers): string | undefined {
  // A proxy that compresses marks the tag as weak.
  return /^(?:W\/)?"([0-9a-f]{64})/.exec(headers.get('etag') ?? '')?.[1];
}

async function* reported(
  chunks: BodyChunks,
  total: number | undefined,
  onProgress: TransferOptions['onProgress'],
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onProgress?.({ bytes, total });
    yield chunk;
  }
}
