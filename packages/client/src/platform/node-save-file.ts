import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumMismatch } from '../checksum-mismatch.ts';
import { Failure } from '../errors/failure.ts';
import { hashed } from './node-hashed.ts';
import type { SavedFile } from './platform.ts';

export async function saveFile({ directory, name, chunks, sha256 }: SavedFile): Promise<string> {
  // In the same folder: only there a rename is one step. A short name, since the file's own may be 255 bytes long.
  const temporary = join(directory, `.aqueduct-${randomUUID()}.part`);
  const path = join(directory, name);
  let file: FileHandle | undefined;
  try {
    file = await open(temporary, 'wx');
    const hash = createHash('sha256');
    await file.writeFile(hashed(chunks, hash));
    if (hash.digest('hex') !== sha256) throw checksumMismatch(name);
    // Without this a power cut could leave the name with no bytes behind it.
    await file.sync();
    await file.close();
    await rename(temporary, path);
    return path;
  } catch (error) {
    await file?.close();
    if (file) await rm(temporary, { force: true });
    throw isSystemError(error) ? cannotWrite(path, error) : error;
  }
}

function cannotWrite(path: string, error: NodeJS.ErrnoException): Failure {
  const advice =
    error.code === 'ENOENT' ? 'Make the folder first.' : 'Check the folder and the space on its disk.';
  return new Failure('LOCAL_FILE', `${path} can not be written (${error.message}). ${advice}`, {
    cause: error,
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
