import { platform } from '#platform';
import { checkFilledText } from './check-arguments.ts';
import { FileDownloadError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import { openDownload } from './open-download.ts';
import type { TransferOptions } from './progress.ts';

export async function downloadFile(
  owner: FileOwner,
  name: string,
  directory: string,
  options: TransferOptions,
): Promise<string> {
  checkFileName(name);
  checkFilledText('destinationDir', directory);
  return attempt(FileDownloadError, `download "${name}" of ${placeOf(owner)}`, async () => {
    const { chunks, sha256 } = await openDownload(owner, name, options);
    return platform.saveFile({ directory, name, chunks, sha256 });
  });
}
