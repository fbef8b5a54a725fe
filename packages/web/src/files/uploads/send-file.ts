import { Failure, failureOfAnswer, filesPath } from '@aqueduct/client/protocol';
import { serverAddress } from '../../session/base.ts';

interface SendOptions {
  readonly signal: AbortSignal;
  /** @param sent - bytes that have left so far. */
  readonly onProgress: (sent: number) => void;
}

/**
 * Uploads a file. By XMLHttpRequest, for fetch says nothing of how much has left.
 *
 * @throws Failure with the server's sentence, or the signal's reason when it aborts.
 */
export function sendFile(
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
    request.onerror = () =>
      reject(new Failure('CONNECTION_LOST', 'The connection broke off, or the file can not be read.'));
    request.open('POST', `${serverAddress}${filesPath(experimentUuid)}`);
    request.setRequestHeader('X-File-Name', encodeURIComponent(name));
    const form = new FormData();
    form.append('file', file, 'file');
    request.send(form);
  }).finally(() => signal.removeEventListener('abort', abort));
}

function refusal(request: XMLHttpRequest): Failure {
  const { status, responseText: text, responseURL: url } = request;
  return failureOfAnswer({ status, text, url, header: (name) => request.getResponseHeader(name) });
}
