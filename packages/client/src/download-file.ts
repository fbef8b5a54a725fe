import { platform } from '#platform';
import { checkPath } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import { FileDownloadError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import { openDownload } from './open-download.ts';
import { type TransferOptions, transferOptions } from './progress.ts';

export async function downloadFile(
  owner: FileOwner,
  name: string,
  directory: string,
  options: TransferOptions,
): Promise<string> {
  checkFileName(name);
  checkPath('destinationDir', directory);
  checkOptions('options', options, transferOptions);
  return attempt(FileDownloadError, `download "${name}" of ${placeOf(owner)}`, async () => {
    const { chunks, sha256, close } = await openDownload(owner, name, options);
    try {
      return await platform.saveFile({ directory, name, chunks, sha256 });
    } finally {
      await close();
    }
  });
}
