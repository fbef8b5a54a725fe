import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http, { type Agent, type AgentOptions, type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { unreachable } from '../connection.ts';
import { Countdown } from '../countdown.ts';
import { Failure } from '../errors/failure.ts';
import type { PlainAnswer } from '../errors/failure-of-answer.ts';
import { report } from '../progress.ts';
import { streamChunks } from '../stream-chunks.ts';
import { secondsUnderway } from '../upload-patience.ts';
import type { OpenSource, Upload } from './platform.ts';

/** Sends are observed in steps of this size: on a slow line a larger one would look like standing still. */
const STEP = 64 * 1024;

/**
 * By `node:http`, not by `fetch`: it says when the connection stands, takes a stream together with its length, and
 * gives an answer that comes before the end of the upload.
 */
export async function sendFile(upload: Upload): Promise<PlainAnswer> {
  const { url, timeout, patience } = upload;
  const { head, tail, type } = upload.as === 'form' ? form() : BARE;
  const { size } = upload.source;
  const countdown = new Countdown(upload.signal);
  const { signal } = countdown;
  signal.throwIfAborted();
  const stop = new AbortController();
  const over = AbortSignal.any([signal, stop.signal]);
  // A connection of its own: one that is used again may be closed at that moment, and a stream can not be sent twice.
  // Kept alive all the same, or a server that refuses the file would close under the rest and its answer be lost.
  const { Agent, globalAgent, request: begin } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, proxyEnv: proxiesOf(globalAgent) });
  const request = begin(url, {
    method: upload.method,
    headers: {
      ...upload.headers,
      ...type,
      ...(size === undefined ? {} : { 'Content-Length': head.length + size + tail.length }),
    },
    agent,
    signal,
  });
  const answered = once(request, 'response', { signal }) as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  // The line may also break behind an answer, when nothing else listens.
  request.on('error', () => undefined);

  let begun = 0;
  let sent = 0;
  let reported: Promise<void> | undefined;
  let local: { error: unknown } | undefined;
  const body = async function* () {
    yield head;
    try {
      for await (const step of steps(upload.source, over)) {
        countdown.expect(patience);
        begun += step.length;
        yield step;
        countdown.pause();
        sent += step.length;
        reported = report(upload, { bytes: sent, total: size }).catch((error: unknown) => {
          local = { error };
          throw error;
        });
        await reported;
      }
    } catch (error) {
      local = { error };
      throw error;
    }
    countdown.expect(patience + secondsUnderway(sent));
    yield tail;
  };

  let isConnected = false;
  try {
    countdown.expect(timeout);
    await connection(request, signal);
    isConnected = true;
    countdown.pause();
    const sending = pipeline(body, request, { signal: over, end: true });
    sending.catch(() => undefined);
    const [response] = await answered;
    countdown.expect(patience);
    const answer = await readAnswer(response, url);
    countdown.pause();
    // Without a form around it, the answer may come while the last of the file is still reported.
    await reported;
    signal.throwIfAborted();
    return answer;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (local) throw local.error;
    throw isConnected ? lost(error, begun) : unreachable(error);
  } finally {
    countdown.stop();
    stop.abort();
    request.destroy();
    agent.destroy();
  }
}

/**
 * The proxies of the environment, where Node is told to go by them (`NODE_USE_ENV_PROXY`): `fetch` does so by itself.
 * Node 22 knows none.
 */
function proxiesOf(agent: Agent & { readonly options?: AgentOptions }): AgentOptions['proxyEnv'] {
  return agent.options?.proxyEnv;
}

const BARE = { head: Buffer.alloc(0), tail: Buffer.alloc(0), type: {} };

/** What stands around the file in a form. */
function form() {
  const boundary = `aqueduct-${randomUUID()}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return { head, tail, type: { 'Content-Type': `multipart/form-data; boundary=${boundary}` } };
}

async function connection(request: ClientRequest, signal: AbortSignal): Promise<void> {
  request.flushHeaders();
  const [socket] = await once(request, 'socket', { signal });
  if (socket.connecting) await once(socket, 'encrypted' in socket ? 'secureConnect' : 'connect', { signal });
}

async function readAnswer(response: IncomingMessage, url: URL): Promise<PlainAnswer> {
  return {
    status: response.statusCode ?? 0,
    // A server that refuses a large file may cut the line behind its answer: the status says enough.
    text: await text(response).catch((error: unknown) => {
      if (isRefusal(response)) return '';
      throw error;
    }),
    url: url.href,
    header: (name) => {
      const value = response.headers[name];
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
  };
}

function isRefusal({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 300;
}

async function* steps({ content, size }: OpenSource, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // Somebody's own stream may fill the same memory again while the last bytes of it are still to be sent.
  const isTheirs = size === undefined;
  for await (const chunk of streamChunks(content instanceof Blob ? content.stream() : content, signal)) {
    for (let at = 0; at < chunk.length; at += STEP) {
      const step = chunk.subarray(at, at + STEP);
      yield isTheirs ? new Uint8Array(step) : step;
    }
  }
}

/** How much the server has taken, nobody knows: some megabytes may lie in the buffers of the system. */
function lost(error: unknown, begun: number): Failure {
  const why = error instanceof Error ? error.message : String(error);
  const reason = `The connection broke off after at most ${begun} bytes (${why}). Try again.`;
  return new Failure('CONNECTION_LOST', reason, { cause: error });
}
