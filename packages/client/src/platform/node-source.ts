import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { checkPath } from '../check-arguments.ts';
import { FileToUploadNotFoundError, InvalidArgumentError } from '../errors/errors.ts';
import { Failure } from '../errors/failure.ts';
import { openBlob } from './open-blob.ts';
import { openStream } from './open-stream.ts';
import type { OpenSource, UploadSource } from './platform.ts';
import { wasRead } from './was-read.ts';

const PIECE = 256 * 1024;

export async function openSource(source: UploadSource): Promise<OpenSource> {
  if (typeof source === 'string' || source instanceof URL) return openPath(source);
  if (source instanceof Blob) return openBlob(source);
  if (isUsed(source)) throw wasRead();
  const opened = openStream(source);
  // From now on, whoever else begins to read it gets its bytes beside us, not instead of us.
  if (source instanceof Readable) source.on('readable', () => undefined);
  return opened;
}

function isUsed(stream: ReadableStream | AsyncIterable<Uint8Array>): boolean {
  if ('getReader' in stream) return stream.locked || isDisturbed(stream);
  // Of Node's own streams the rest may be wanted, after a head that was read. One that flows gives its bytes to others.
  const { readableEnded, readableFlowing } = stream as Partial<Readable>;
  return readableEnded === true || readableFlowing === true;
}

/** Of any stream; its types know only Node's own. */
const isDisturbed = Readable.isDisturbed as (stream: object) => boolean;

/** All of it is read from the file that has the name now: another may be put in its place at any time. */
async function openPath(source: string | URL): Promise<OpenSource> {
  const path = pathOf(source);
  const file = await openFile(path);
  const { size: bytes, mtimeNs } = await file.stat({ bigint: true });
  const size = Number(bytes);
  const name = basename(path);
  // Not waited for: a disk of the network may not answer.
  const close = () => void file.close().catch(() => undefined);
  // Empty, or made up by the system while it is read, as below /proc.
  if (size === 0) return { name, size: undefined, content: readToEnd(file), close };
  const from = (start: number, end = size) => readExactly(path, file, start, end);
  return { name, size, content: from(0), from, identity: `${resolve(path)} ${mtimeNs}`, close };
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

async function openFile(path: string): Promise<FileHandle> {
  try {
    // Before it is opened: a named pipe would wait for who writes, and an instrument behind a device may start anew.
    const stats = await stat(path);
    if (stats.isDirectory()) throw notFound(`${path} is a folder, no file`, 'Give one of its files.');
    if (!stats.isFile())
      throw new Failure('LOCAL_FILE', `${path} is no regular file. Give a stream of it and a name.`);
    return await open(path);
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

/** Begins only when it is read. */
async function* readToEnd(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let next = await readPiece(file, null); next.length > 0; next = await readPiece(file, null))
    yield next;
}

/** The bytes of a file from an offset on, at most to the size that it had: an instrument may go on writing to it. */
async function* readExactly(
  path: string,
  file: FileHandle,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const piece = await readPiece(file, at, end - at);
    if (piece.length === 0)
      throw new Failure('LOCAL_FILE', `${path} became shorter while it was sent: ${at} of ${end} bytes.`);
    at += piece.length;
    yield piece;
  }
}

/** Not by a stream: each would listen for the end of the file, and one upload may take many. */
async function readPiece(file: FileHandle, position: number | null, most = PIECE): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(Math.min(most, PIECE));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
  return bytes.subarray(0, bytesRead);
}
