import { restPaths } from '@aqueduct/contract';
import { platform } from '#platform';
import type { Connection } from '../connection.ts';
import { Failure } from '../errors/failure.ts';
import { failureOfAnswer, failureOfBadAnswer, type PlainAnswer } from '../errors/failure-of-answer.ts';
import { isPassing } from '../errors/is-passing.ts';
import { parseUrl } from '../parse-url.ts';
import type { OpenSource, SeekableSource, Upload } from '../platform/platform.ts';
import type { TransferOptions } from '../progress.ts';
import { patienceOf } from '../upload-patience.ts';

/** The requests of tus 1.0 (https://tus.io/protocols/resumable-upload) that an upload needs. */

const VERSION = { 'Tus-Resumable': '1.0.0' };

/** How far an upload is. */
export interface UploadState {
  /** The server has all bytes before this one for good. */
  readonly offset: number;
  /** Of the file, once it is there, where nothing on the way takes it out; lower-case hexadecimal. */
  readonly sha256: string | undefined;
}

interface NewUpload {
  readonly experimentUuid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** Begins an upload and gives its address; undefined where the server does not know such uploads. */
export async function beginUpload(
  connection: Connection,
  { experimentUuid, name, size }: NewUpload,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const metadata = `filename ${base64(name)},experiment ${base64(experimentUuid)}`;
  const headers = { 'Upload-Length': String(size), 'Upload-Metadata': metadata };
  const url = connection.address(restPaths.uploads);
  const answer = await send(connection, { method: 'POST', url, headers, signal });
  const isOurs = answer.header('tus-resumable') !== null;
  if (!isOurs && (answer.status === 404 || answer.status === 405)) return undefined;
  if (answer.status !== 201) throw failureOfAnswer(answer);
  const address = parseUrl(answer.header('location') ?? '', answer.url);
  // The token goes there, too.
  if (!isOurs || address?.origin !== connection.url.origin) throw failureOfBadAnswer(answer);
  return address.href;
}

/** Asks how far an upload is; undefined where there is no such upload any more. */
export async function lookAtUpload(
  connection: Connection,
  address: string,
  signal: AbortSignal | undefined,
): Promise<UploadState | undefined> {
  const answer = await send(connection, { method: 'HEAD', url: new URL(address), signal });
  if (answer.status === 404 || answer.status === 410) return undefined;
  return stateOf(answer);
}

/** Sends the bytes from an offset on. */
export async function appendToUpload(
  connection: Connection,
  address: string,
  source: SeekableSource,
  { offset, onProgress, signal }: TransferOptions & { readonly offset: number },
): Promise<UploadState> {
  const answer = await send(connection, {
    method: 'PATCH',
    url: new URL(address),
    headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
    source: { name: source.name, size: source.size - offset, content: source.from(offset) },
    onProgress: onProgress && (({ bytes }) => onProgress({ bytes: offset + bytes, total: source.size })),
    signal,
  });
  return stateOf(answer);
}

/** Discards an upload; fine when there is none any more. */
export async function discardUpload(connection: Connection, address: string): Promise<void> {
  const answer = await connection.tell({ method: 'DELETE', path: address, headers: VERSION });
  if (answer.status !== 204 && answer.status !== 404) throw failureOfAnswer(answer);
}

/** As files are sent, so that also a request without bytes tells a server that is gone from one that is slow. */
function send(
  connection: Connection,
  { headers, source = nothing(), ...request }: Pick<Upload, 'method' | 'url' | 'signal'> & Partial<Upload>,
): Promise<PlainAnswer> {
  return platform.sendFile({
    ...request,
    as: 'bytes',
    headers: { ...VERSION, ...headers, ...connection.authorization },
    source,
    timeout: connection.timeout,
    patience: patienceOf(connection),
  });
}

function nothing(): OpenSource {
  return { name: undefined, size: 0, content: new Blob([]) };
}

function stateOf(answer: PlainAnswer): UploadState {
  if (answer.status < 200 || answer.status > 299) throw failureOfAnswer(answer);
  const offset = answer.header('upload-offset');
  if (offset === null || !/^\d+$/.test(offset)) throw failureOfBadAnswer(answer);
  return {
    offset: Number(offset),
    sha256: /^(?:W\/)?"([0-9a-f]{64})"$/.exec(answer.header('etag') ?? '')?.[1],
  };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Whether a request that failed may be tried again: 409 says that the server has stored more than it could tell. */
export function mayGoOn(error: unknown): error is Failure {
  return isPassing(error) || (error instanceof Failure && [408, 409, 423].includes(error.facts.status ?? 0));
}
