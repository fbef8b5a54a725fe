import {
  discardUnfinished,
  Failure,
  failureOfAnswer,
  filesPath,
  openBlob,
  unfinishedUploads,
  uploadInPieces,
} from '@aqueduct/client/protocol';
import { connection } from '../../session/ask.ts';
import { serverAddress } from '../../session/base.ts';
import { whileSending } from './being-sent.ts';

/** Bytes. Less is sent again as fast as one can look for what is there. */
const RESUMABLE_FROM = 64 * 1024 * 1024;

export interface SendOptions {
  readonly signal: AbortSignal;
  /** @param sent - bytes that have left so far. */
  readonly onProgress: (sent: number) => void;
}

/** Uploads a file, as `sendFile`. */
export type SendFile = (
  experimentUuid: string,
  name: string,
  file: Blob,
  options: SendOptions,
) => Promise<void>;

/**
 * Uploads a file. A large one goes on where it stopped: by itself when the server is there again, and after a reload of
 * the page, once the same file is given. Where the signal aborts, nothing of it is left.
 *
 * @throws Failure with the server's sentence, or the signal's reason when it aborts.
 */
export async function sendFile(
  experimentUuid: string,
  name: string,
  file: Blob,
  options: SendOptions,
): Promise<void> {
  if (file.size >= RESUMABLE_FROM) {
    const isSent = await whileSending(experimentUuid, name, () =>
      sendInPieces(experimentUuid, name, file, options),
    );
    if (isSent) return;
  }
  await sendForm(experimentUuid, name, file, options);
}

/** Gives false where the server takes files in one piece only. */
async function sendInPieces(
  experimentUuid: string,
  name: string,
  file: Blob,
  { signal, onProgress }: SendOptions,
): Promise<boolean> {
  const source = openBlob(file);
  try {
    return await uploadInPieces({
      connection,
      experimentUuid,
      name,
      source,
      // A person sees that the server is away, and decides.
      retryFor: Number.POSITIVE_INFINITY,
      onProgress: ({ bytes }) => onProgress(bytes),
      signal,
    });
  } catch (error) {
    if (signal.aborted) {
      const begun = unfinishedUploads(connection, experimentUuid).find(
        ({ identity }) => identity.name === name && identity.file === source.identity,
      );
      // What stays, the server discards after some days.
      if (begun) await discardUnfinished(connection, begun).catch(() => undefined);
    }
    throw error;
  }
}

/** By XMLHttpRequest, for fetch says nothing of how much has left. */
function sendForm(
  experimentUuid: string,
  name: string,
  file: Blob,
  { signal, onProgress }: SendOptions,
): Promise<void> {
  const request = new XMLHttpRequest();
  const abort = () => request.abort();
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', abort);
    // The form around the file counts too.
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.size));
    request.onload = () => (request.status === 200 ? resolve() : reject(refusal(request)));
    request.onabort = () => reject(signal.reason);
    request.onerror = async () =>
      reject(
        (await isReadable(file))
          ? new Failure('CONNECTION_LOST', 'The connection broke off.')
          : new Error(
              'The file can not be read any more: it was changed, moved or deleted. Choose it again.',
            ),
      );
    request.open('POST', `${serverAddress}${filesPath(experimentUuid)}`);
    request.setRequestHeader('X-File-Name', encodeURIComponent(name));
    const form = new FormData();
    form.append('file', file, 'file');
    request.send(form);
  }).finally(() => signal.removeEventListener('abort', abort));
}

/** A request does not say which of the two went wrong. */
async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function refusal(request: XMLHttpRequest): Failure {
  const { status, responseText: text, responseURL: url } = request;
  return failureOfAnswer({ status, text, url, header: (name) => request.getResponseHeader(name) });
}
