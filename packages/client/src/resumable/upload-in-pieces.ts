import { filesPath } from '@aqueduct/contract';
import { platform } from '#platform';
import type { Connection } from '../connection.ts';
import { Failure } from '../errors/failure.ts';
import { parseUrl } from '../parse-url.ts';
import type { SeekableSource, UploadIdentity } from '../platform/platform.ts';
import type { Progress, TransferOptions } from '../progress.ts';
import { Retries } from './retries.ts';
import { sampleOf } from './sample-of.ts';
import { appendToUpload, beginUpload, lookAtUpload, type UploadState } from './upload-requests.ts';

/** A file that goes to an experiment in as many pieces as the line breaks it into. */
export interface PiecesUpload extends TransferOptions {
  readonly connection: Connection;
  readonly experimentUuid: string;
  readonly name: string;
  readonly source: SeekableSource;
  /** Seconds without any success after which a lost server is given up. */
  readonly retryFor: number;
}

/** After a restart a server reads all bytes again; a slow one so many in a second. */
const READ_AGAIN_PER_SECOND = 10e6;
/** An upload that is gone as soon as it has begun will not stay the next time. */
const MOST_BEGINNINGS = 3;

/** Two uploads of the same file at once, in this process, would take each other's place. */
const running = new Set<string>();

/**
 * Uploads a file so that it goes on after a broken connection, and, where its source has an identity, after a restart
 * of this program.
 *
 * @returns false, with nothing sent, where the server knows no such uploads.
 */
export async function uploadInPieces(upload: PiecesUpload): Promise<boolean> {
  const { source, name, signal } = upload;
  const stop = new AbortController();
  const over = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const hashing = platform.sha256Of?.(source.from(0), over);
  hashing?.catch(() => undefined);
  try {
    const sent = await remembering(upload, over, (remembered) => send(upload, remembered));
    if (sent?.sha256 !== undefined && hashing && (await hashing) !== sent.sha256) throw otherBytes(name);
    return sent !== undefined;
  } finally {
    stop.abort();
  }
}

/** Where the address of an upload is kept while it goes on. */
interface Remembered {
  get(): Promise<string | undefined>;
  set(address: string): Promise<void>;
  delete(): Promise<void>;
}

async function remembering<T>(
  upload: PiecesUpload,
  over: AbortSignal,
  work: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  const { connection, experimentUuid, name, source } = upload;
  const { size, identity: file } = source;
  const key = JSON.stringify([connection.url.href, experimentUuid, name, size, file]);
  if (file === undefined || running.has(key)) return work(FORGETFUL);
  const identity: UploadIdentity = { server: connection.url.href, experimentUuid, name, size, file };
  const { uploadMemory: memory } = platform;
  running.add(key);
  try {
    const sample = await sampleOf(source, over);
    return await work({
      async get() {
        const begun = await memory.get(identity);
        // What began with other bytes must not end with these; and the token goes there, too.
        const isOurs = begun?.sample === sample && parseUrl(begun.address)?.origin === connection.url.origin;
        return isOurs ? begun.address : undefined;
      },
      set: (address) => memory.set(identity, { address, sample }),
      delete: () => memory.delete(identity),
    });
  } finally {
    running.delete(key);
  }
}

const FORGETFUL: Remembered = {
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
};

/** Gives what the server has in the end; undefined where it knows no such uploads. */
async function send(upload: PiecesUpload, remembered: Remembered): Promise<UploadState | undefined> {
  const { connection, experimentUuid, name, source, retryFor, signal } = upload;
  const retries = new Retries(retryFor, source.size / READ_AGAIN_PER_SECOND);
  const onProgress = (progress: Progress) => {
    retries.move();
    return upload.onProgress?.(progress);
  };
  let address = await remembered.get();
  let state: UploadState | undefined;
  let furthest = 0;
  let beginnings = 0;
  let hasAnswered = false;
  let isEarlier = address !== undefined;
  while (state?.offset !== source.size) {
    try {
      if (address === undefined) {
        address = await beginUpload(connection, { experimentUuid, name, size: source.size }, signal);
        if (address === undefined) return undefined;
        furthest = 0;
        beginnings += 1;
        await remembered.set(address);
        state = source.size === 0 ? undefined : { offset: 0, sha256: undefined };
      }
      state = state
        ? await appendToUpload(connection, address, source, { offset: state.offset, onProgress, signal })
        : await lookAtUpload(connection, address, signal);
      hasAnswered = true;
      // Where it was finished before this call, its file may be another one by now.
      if (isEarlier && state?.offset === source.size && !(await isCurrent(upload, state))) state = undefined;
      isEarlier = false;
      // That it says where it is, is no success: it may refuse the bytes behind that for ever.
      if (state && state.offset > furthest) {
        furthest = state.offset;
        retries.succeed();
      }
      if (!state) {
        await remembered.delete();
        address = undefined;
        if (beginnings === MOST_BEGINNINGS) throw gone(name);
      }
    } catch (error) {
      state = undefined;
      hasAnswered ||= error instanceof Failure && error.facts.status !== undefined;
      // A wrong address is to be told at once.
      if (!hasAnswered && address === undefined) throw error;
      await retries.wait(error, signal);
    }
  }
  await remembered.delete();
  return state;
}

/** Whether the experiment has these bytes under this name. */
async function isCurrent(
  { connection, experimentUuid, name, signal }: PiecesUpload,
  { sha256 }: UploadState,
): Promise<boolean> {
  const path = `${filesPath(experimentUuid)}/${encodeURIComponent(name)}`;
  const answer = await connection.tell({ method: 'HEAD', path, signal });
  return answer.status === 200 && answer.header('etag') === `"${sha256}"`;
}

function gone(name: string): Failure {
  return new Failure('NOT_FOUND', `The server forgets the upload of "${name}" as soon as it has begun.`);
}

function otherBytes(name: string): Failure {
  return new Failure(
    'CHECKSUM_MISMATCH',
    `The server has other bytes of "${name}" than this file has now (their SHA-256 differs). Most likely the file was ` +
      'changed while it was sent. Upload it again.',
  );
}
