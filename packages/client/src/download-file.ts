import { platform } from '#platform';
import { checkPath } from './check-arguments.ts';
import { checkFileName, type FileOwner } from './experiment-files.ts';
import type { TransferOptions } from './progress.ts';
import { receiveFile } from './receive-file.ts';

export async function downloadFile(
  owner: FileOwner,
  name: string,
  directory: string,
  options: TransferOptions,
): Promise<string> {
  checkFileName(name);
  checkPath('destinationDir', directory);
  return receiveFile(owner, name, options, 'download', (file) => platform.saveFile({ directory, ...file }));
}
