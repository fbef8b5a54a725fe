import { collectBlob } from '../collect-blob.ts';
import { Countdown } from '../countdown.ts';
import { Failure } from '../errors/failure.ts';
import type { PlainAnswer } from '../errors/failure-of-answer.ts';
import { report } from '../progress.ts';
import { streamChunks } from '../stream-chunks.ts';
import { untilAborted } from '../until-aborted.ts';
import { secondsUnderway } from '../upload-patience.ts';
import type { Upload } from './platform.ts';

/** By XMLHttpRequest: browsers' `fetch` neither says how far an upload is nor sends streams over HTTP/1.1. */
export async function sendFile(upload: Upload): Promise<PlainAnswer> {
  const { content } = upload.source;
  const countdown = new Countdown(upload.signal);
  const { signal } = countdown;
  signal.throwIfAborted();
  // Browsers keep large Blobs on disk.
  const blob =
    content instanceof Blob
      ? content
      : await untilAborted(collectBlob(streamChunks(content, signal)), signal);
  const request = new XMLHttpRequest();
  const abort = (): void => request.abort();
  let reported: Promise<unknown> = Promise.resolve();
  try {
    return await new Promise<PlainAnswer>((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', abort);
      request.upload.onprogress = ({ loaded, total }) => {
        countdown.expect(upload.patience);
        // The form around the file counts in the event.
        const around = Math.max(0, total - blob.size);
        const bytes = Math.min(blob.size, Math.max(0, loaded - around));
        reported = Promise.all([reported, report(upload, { bytes, total: blob.size })]);
        reported.catch((error: unknown) => {
          reject(error);
          request.abort();
        });
      };
      request.upload.onload = () => countdown.expect(upload.patience + secondsUnderway(blob.size));
      request.onload = () => resolve(reported.then(() => answerOf(request, upload.url)));
      request.onerror = () => reject(broken(upload.url));
      request.onabort = () => reject(signal.reason);
      request.open(upload.method, upload.url.href);
      for (const [name, value] of Object.entries(upload.headers)) request.setRequestHeader(name, value);
      // Not the timeout: browsers take their time to prepare a large Blob, and do not say when the connection stands.
      countdown.expect(upload.patience);
      request.send(upload.as === 'form' ? formOf(blob) : blob);
    });
  } finally {
    countdown.stop();
    signal.removeEventListener('abort', abort);
  }
}

function formOf(blob: Blob): FormData {
  const form = new FormData();
  form.append('file', blob, 'file');
  return form;
}

function answerOf(request: XmlHttpRequest, url: URL): PlainAnswer {
  const { status, responseText, responseURL } = request;
  return {
    status,
    text: responseText,
    url: responseURL || url.href,
    header: (name) => request.getResponseHeader(name),
  };
}

function broken(url: URL): Failure {
  return new Failure(
    'CONNECTION_LOST',
    `The connection to ${url.origin} failed or broke off. Check that the server runs, and try again.`,
  );
}

/** As much of the browser's class as is used here: its own types would open the page's globals to all packages. */
interface XmlHttpRequest {
  readonly upload: {
    onprogress: ((event: { loaded: number; total: number }) => void) | null;
    onload: (() => void) | null;
  };
  readonly status: number;
  readonly responseText: string;
  readonly responseURL: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: FormData | Blob): void;
  abort(): void;
}

declare const XMLHttpRequest: new () => XmlHttpRequest;
