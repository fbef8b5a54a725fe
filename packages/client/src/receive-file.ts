import type { BodyChunks } from './body-chunks.ts';
import { checkOptions } from './check-options.ts';
import { FileDownloadError } from './errors/errors.ts';
import { attempt, Failure } from './errors/failure.ts';
import { type FileOwner, filePath, placeOf } from './experiment-files.ts';
import type { ReceivedFile } from './platform/platform.ts';
import { report, type TransferOptions, transferOptions } from './progress.ts';

/**
 * Asks for a file, and lets its bytes be taken and compared with the SHA-256.
 *
 * @param verb - What is done, for the message of a failure.
 */
export async function receiveFile<Result>(
  owner: FileOwner,
  name: string,
  options: TransferOptions,
  verb: string,
  take: (file: ReceivedFile) => Promise<Result>,
): Promise<Result> {
  checkOptions('options', options, transferOptions);
  return attempt(FileDownloadError, `${verb} "${name}" of ${placeOf(owner)}`, async () => {
    const { signal } = options;
    signal?.throwIfAborted();
    const { headers, chunks } = await owner.connection.open({
      method: 'GET',
      path: filePath(owner, name),
      signal,
    });
    try {
      const sha256 = sha256Of(headers);
      if (sha256 === undefined) throw unchecked();
      // That of a proxy which compresses counts other bytes.
      const length = headers.has('content-encoding') ? null : headers.get('content-length');
      const size = length === null ? undefined : Number(length);
      return await take({
        name,
        chunks: reported(chunks, size, options),
        mediaType: headers.get('content-type') ?? 'application/octet-stream',
        size,
        sha256,
      });
    } finally {
      // Where they were not read to their end, the connection is let go of.
      await chunks.return();
    }
  });
}

function unchecked(): Failure {
  return new Failure(
    'BAD_ANSWER',
    'The answer has no ETag with the SHA-256 of the file, so its bytes can not be checked. ' +
      'Is this an Aqueduct server, and does a proxy on the way remove the header?',
  );
}

/** From this answer itself: asked for apart, it could be that of a newer version. */
function sha256Of(headers: Headers): string | undefined {
  // A proxy that compresses marks the tag as weak.
  return /^(?:W\/)?"([0-9a-f]{64})/.exec(headers.get('etag') ?? '')?.[1];
}

async function* reported(
  chunks: BodyChunks,
  total: number | undefined,
  options: TransferOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    await report(options, { bytes, total });
    yield chunk;
  }
}
