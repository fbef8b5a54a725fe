/** Where the bytes of one version of a file are: a plain object, so that a worker can be told. */
export interface FileLocation {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  /** The SHA-256 of the version. */
  readonly version: string;
}

/** That bytes of a file could not be had; another time they may be. */
export class NotRead extends Error {}

const CHANGED = 'The file changed while it was being read. It is shown anew in a moment.';
const SILENT = 'The server does not answer. Try again in a moment.';
/** Of a part. A server that takes longer for the first byte does not answer. */
const TIMEOUT_MS = 60_000;

/**
 * Reads a part of exactly this version of a file.
 *
 * @param start - the first byte.
 * @param end - the byte behind the last one.
 * @throws NotRead with a sentence when the file is another by now, is gone, or the server does not answer.
 */
export async function readRange(
  file: FileLocation,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (end <= start) return new Uint8Array();
  const ending = AbortSignal.timeout(TIMEOUT_MS);
  const fail = (error: unknown) => {
    throw signal?.aborted ? error : new NotRead(SILENT, { cause: error });
  };
  const answer = await fetch(file.url, {
    headers: headersFor(file, start, end),
    signal: signal ? AbortSignal.any([signal, ending]) : ending,
  }).catch(fail);
  if (answer.status !== 206) {
    // What changed may be large, and none of it is wanted.
    await answer.body?.cancel();
    throw new NotRead(reasonOf(answer.status));
  }
  return whole(new Uint8Array(await answer.arrayBuffer().catch(fail)), start, end);
}

/** The same, in a worker: it waits there, for code that can not. */
export function readRangeNow(file: FileLocation, start: number, end: number): Uint8Array<ArrayBuffer> {
  if (end <= start) return new Uint8Array();
  const request = new XMLHttpRequest();
  request.open('GET', file.url, false);
  request.responseType = 'arraybuffer';
  for (const [name, value] of Object.entries(headersFor(file, start, end)))
    request.setRequestHeader(name, value);
  try {
    request.send();
  } catch (error) {
    throw new NotRead(SILENT, { cause: error });
  }
  if (request.status !== 206) throw new NotRead(reasonOf(request.status));
  return whole(new Uint8Array(request.response), start, end);
}

/** RFC 9110, 13.1.5: a range is answered with only if the version is still the same one, else with the whole. */
function headersFor({ version }: FileLocation, start: number, end: number): Record<string, string> {
  return { Range: `bytes=${start}-${end - 1}`, 'If-Range': `"${version}"` };
}

function reasonOf(status: number): string {
  if (status === 200 || status === 416) return CHANGED;
  if (status === 404) return 'There is no such file any more.';
  return `The server refuses to give a part of the file (status ${status}).`;
}

function whole(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): Uint8Array<ArrayBuffer> {
  if (bytes.length !== end - start)
    throw new NotRead(`The file ends early: of the bytes from ${start}, only ${bytes.length} are there.`);
  return bytes;
}
