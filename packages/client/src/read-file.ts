import { checkOptions } from './check-options.ts';
import { checksumMismatch } from './checksum-mismatch.ts';
import { collectBlob } from './collect-blob.ts';
import { FileDownloadError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import { openDownload } from './open-download.ts';
import { type TransferOptions, transferOptions } from './progress.ts';

export async function readFile(owner: FileOwner, name: string, options: TransferOptions): Promise<Blob> {
  checkFileName(name);
  checkOptions('options', options, transferOptions);
  return attempt(FileDownloadError, `read "${name}" of ${placeOf(owner)}`, async () => {
    const { chunks, mediaType, sha256 } = await openDownload(owner, name, options);
    const blob = await collectBlob(chunks, mediaType);
    // Browsers have it only in pages that came by https or from this machine.
    const subtle = globalThis.crypto?.subtle as typeof crypto.subtle | undefined;
    if (subtle && hexOf(await subtle.digest('SHA-256', await blob.arrayBuffer())) !== sha256) {
      throw checksumMismatch(name);
    }
    return blob;
  });
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
