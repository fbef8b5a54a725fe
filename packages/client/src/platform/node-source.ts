import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileToUploadNotFoundError, InvalidArgumentError } from '../errors/errors.ts';
import { Failure } from '../errors/failure.ts';
import { openBlob } from './open-blob.ts';
import type { OpenSource, UploadSource } from './platform.ts';

export async function openSource(source: UploadSource): Promise<OpenSource> {
  if (typeof source === 'string' || source instanceof URL) return openPath(source);
  if (source instanceof Blob) return openBlob(source);
  return { name: undefined, size: undefined, content: source };
}

async function openPath(source: string | URL): Promise<OpenSource> {
  const path = pathOf(source);
  const { size, modified } = await look(path);
  return {
    name: basename(path),
    size,
    content: readExactly(path, 0, size),
    from: (offset) => readExactly(path, offset, size),
    identity: `${resolve(path)} ${modified}`,
  };
}

function pathOf(source: string | URL): string {
  if (typeof source === 'string') return source;
  if (source.protocol === 'file:') return fileURLToPath(source);
  throw new InvalidArgumentError(
    `Only files of this machine can be uploaded by their address; "${source}" is none.`,
  );
}

async function look(path: string): Promise<{ size: number; modified: bigint }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const stats = await file.stat({ bigint: true });
    if (stats.isDirectory()) throw notFound(path, 'It is a folder; give one of its files.');
    if (!stats.isFile())
      throw new Failure('LOCAL_FILE', `${path} is no regular file. Give a stream of it and a name.`);
    return { size: Number(stats.size), modified: stats.mtimeNs };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw notFound(path, 'Check the path.', error);
    throw new Failure('LOCAL_FILE', `${path} can not be read (${error.message}).`, { cause: error });
  } finally {
    await file?.close();
  }
}

function notFound(path: string, advice: string, cause?: Error): FileToUploadNotFoundError {
  const reason = `There is no file at ${path}. ${advice}`;
  return new FileToUploadNotFoundError(`Could not upload: ${reason} (Working directory: ${process.cwd()})`, {
    code: 'LOCAL_FILE',
    reason,
    cause,
  });
}

/** The bytes of a file from an offset on, up to the size that it had: an instrument may go on writing to it. */
async function* readExactly(path: string, start: number, size: number): AsyncGenerator<Uint8Array> {
  let read = start;
  if (size > start) {
    for await (const chunk of createReadStream(path, { start, end: size - 1 }) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  }
  if (read < size)
    throw new Failure('LOCAL_FILE', `${path} became shorter while it was sent: ${read} of ${size} bytes.`);
}
