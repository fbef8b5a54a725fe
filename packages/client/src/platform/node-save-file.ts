import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumMismatch } from '../checksum-mismatch.ts';
import { Failure } from '../errors/failure.ts';
import type { SavedFile } from './platform.ts';

export async function saveFile({ directory, name, chunks, sha256 }: SavedFile): Promise<string> {
  // In the same folder: only there a rename is one step. A short name, since the file's own may be 255 bytes long.
  const temporary = join(directory, `.aqueduct-${randomUUID()}.part`);
  const path = join(directory, name);
  // What fails elsewhere, in the caller's callbacks too, is no failure of this disk.
  const local = <Result>(work: Promise<Result>) =>
    work.catch((error: NodeJS.ErrnoException) => {
      throw cannotWrite(path, error);
    });
  let file: FileHandle | undefined;
  try {
    file = await local(open(temporary, 'wx'));
    const hash = createHash('sha256');
    for await (const chunk of chunks) {
      hash.update(chunk);
      await local(file.writeFile(chunk));
    }
    if (hash.digest('hex') !== sha256) throw checksumMismatch(name);
    // Without this a power cut could leave the name with no bytes behind it.
    await local(file.sync());
    await local(file.close());
    await local(rename(temporary, path));
    return path;
  } catch (error) {
    await file?.close();
    if (file) await rm(temporary, { force: true });
    throw error;
  }
}

function cannotWrite(path: string, error: NodeJS.ErrnoException): Failure {
  const advice =
    error.code === 'ENOENT' ? 'Make the folder first.' : 'Check the folder and the space on its disk.';
  return new Failure('LOCAL_FILE', `${path} can not be written (${error.message}). ${advice}`, {
    cause: error,
  });
}
