import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { checkPath } from '../check-arguments.ts';
import { FileToUploadNotFoundError, InvalidArgumentError } from '../errors/errors.ts';
import { Failure } from '../errors/failure.ts';
import { openBlob } from './open-blob.ts';
import type { OpenSource, UploadSource } from './platform.ts';
import { wasRead } from './was-read.ts';

export async function openSource(source: UploadSource): Promise<OpenSource> {
  if (typeof source === 'string' || source instanceof URL) return openPath(source);
  if (source instanceof Blob) return openBlob(source);
  if (isUsed(source)) throw wasRead();
  return { name: undefined, size: undefined, content: source };
}

function isUsed(stream: ReadableStream | AsyncIterable<Uint8Array>): boolean {
  if ('getReader' in stream) return stream.locked || isDisturbed(stream);
  // Of Node's own streams the rest may be wanted, after a head that was read.
  return 'readableEnded' in stream && stream.readableEnded === true;
}

/** Of any stream; its types know only Node's own. */
const isDisturbed = Readable.isDisturbed as (stream: object) => boolean;

async function openPath(source: string | URL): Promise<OpenSource> {
  const path = pathOf(source);
  const { size, modified } = await look(path);
  // Empty, or made up by the system while it is read, as below /proc.
  if (size === 0) return { name: basename(path), size: undefined, content: readToEnd(path) };
  return {
    name: basename(path),
    size,
    content: readExactly(path, 0, size),
    from: (start, end = size) => readExactly(path, start, end),
    identity: `${resolve(path)} ${modified}`,
  };
}

function pathOf(source: string | URL): string {
  const path = typeof source === 'string' ? source : pathOfUrl(source);
  checkPath('path', path);
  return path;
}

function pathOfUrl(source: URL): string {
  try {
    return fileURLToPath(source);
  } catch {
    throw new InvalidArgumentError(
      `Only files of this machine can be uploaded by their address; "${source}" is none.`,
    );
  }
}

/** Without opening it: a named pipe would wait for who writes, and an instrument behind a device may start anew. */
async function look(path: string): Promise<{ size: number; modified: bigint }> {
  try {
    const stats = await stat(path, { bigint: true });
    if (stats.isDirectory()) throw notFound(`${path} is a folder, no file`, 'Give one of its files.');
    if (!stats.isFile())
      throw new Failure('LOCAL_FILE', `${path} is no regular file. Give a stream of it and a name.`);
    await access(path, constants.R_OK);
    return { size: Number(stats.size), modified: stats.mtimeNs };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw notFound(`There is no file at ${path}`, 'Check the path.', error);
    throw new Failure('LOCAL_FILE', `${path} can not be read (${error.message}).`, { cause: error });
  }
}

function notFound(what: string, advice: string, cause?: Error): FileToUploadNotFoundError {
  const reason = `${what}. ${advice}`;
  return new FileToUploadNotFoundError(`Could not upload: ${reason} (Working directory: ${process.cwd()})`, {
    code: 'LOCAL_FILE',
    reason,
    cause,
  });
}

/** Opens it only when it is read. */
async function* readToEnd(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

/** The bytes of a file from an offset on, at most to the size that it had: an instrument may go on writing to it. */
async function* readExactly(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  let read = start;
  if (end > start) {
    for await (const chunk of createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  }
  if (read < end)
    throw new Failure('LOCAL_FILE', `${path} became shorter while it was sent: ${read} of ${end} bytes.`);
}
