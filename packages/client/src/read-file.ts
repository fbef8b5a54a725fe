import { platform } from '#platform';
import { checkFileName, type FileOwner } from './experiment-files.ts';
import type { TransferOptions } from './progress.ts';
import { receiveFile } from './receive-file.ts';

export async function readFile(owner: FileOwner, name: string, options: TransferOptions): Promise<Blob> {
  checkFileName(name);
  return receiveFile(owner, name, options, 'read', (file) => platform.readBlob(file));
}
