import { platform } from '#platform';
import { type BodyChunks, bodyChunks } from './body-chunks.ts';
import { Countdown } from './countdown.ts';
import { codeOf, deepestCause } from './errors/deepest-cause.ts';
import { Failure } from './errors/failure.ts';
import { failureOfAnswer, type PlainAnswer } from './errors/failure-of-answer.ts';
import { dataOf, graphqlRequest } from './graphql-over-http.ts';
import type { Operation } from './operation.ts';

/** Where a server is and how it is spoken to. */
export interface ConnectionOptions {
  /** With a slash at its end. */
  readonly url: URL;
  /** Seconds of silence after which the server counts as gone. */
  readonly timeout: number;
  readonly token: string | undefined;
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Below the base address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Seconds of silence allowed inside of the answer; the connection's timeout if not given. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose body is still to come. */
export interface OpenAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly chunks: BodyChunks;
}

/** Speaks to one server. All that goes wrong is a {@link Failure}; an aborted signal throws its own reason. */
export class Connection {
  readonly url: URL;
  readonly timeout: number;
  readonly #token: string | undefined;

  constructor({ url, timeout, token }: ConnectionOptions) {
    this.url = url;
    this.timeout = timeout;
    this.#token = token;
  }

  /** The server's address, for people. */
  get place(): string {
    return this.url.href.replace(/\/$/, '');
  }

  /** The address of something below the base address. */
  address(path: string): URL {
    return new URL(path.replace(/^\//, ''), this.url);
  }

  /** The header that says who is asking. */
  get authorization(): Record<string, string> {
    return this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
  }

  /** Runs an operation and returns its data. */
  async graphql<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options: Pick<Request, 'patience' | 'signal'> & { idempotencyKey?: string | undefined } = {},
  ): Promise<Data> {
    const { idempotencyKey, patience, signal } = options;
    const headers = {
      Accept: 'application/json',
      ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    };
    const answer = await this.tell({ ...graphqlRequest(operation, variables, headers), patience, signal });
    return dataOf(operation, answer);
  }

  /** Sends a request and reads the whole of its short answer. */
  async ask(request: Request): Promise<PlainAnswer> {
    const answer = await this.tell(request);
    if (answer.status < 200 || answer.status > 299) throw failureOfAnswer(answer);
    return answer;
  }

  /** The same, whatever the status of the answer is. */
  async tell(request: Request): Promise<PlainAnswer> {
    const { response, chunks } = await this.#send(request);
    return plainAnswer(response, await readText(chunks));
  }

  /** Sends a request and leaves the body of its answer to the caller. */
  async open(request: Request): Promise<OpenAnswer> {
    const { response, chunks } = await this.#send(request);
    if (!response.ok) throw failureOfAnswer(plainAnswer(response, await readText(chunks)));
    const { status, url, headers } = response;
    return { status, url, headers, chunks };
  }

  async #send({ method, path, headers, body, patience = this.timeout, signal }: Request) {
    await platform.noticeClosed?.();
    const countdown = new Countdown(signal);
    countdown.expect(this.timeout);
    try {
      const response = await fetch(this.address(path), {
        method,
        headers: { ...headers, ...this.authorization },
        // A redirected POST would arrive as a GET.
        redirect: 'manual',
        signal: countdown.signal,
        ...(body === undefined ? {} : { body }),
      });
      countdown.pause();
      return { response, chunks: bodyChunks(response, countdown, patience) };
    } catch (error) {
      countdown.stop();
      throw countdown.signal.aborted ? countdown.signal.reason : notAnswered(error);
    }
  }
}

/** The whole of a body as text. */
export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** An answer together with the text that came with it, or with a part of it. */
export function plainAnswer(answer: Omit<OpenAnswer, 'chunks'>, text: string): PlainAnswer {
  return { status: answer.status, text, url: answer.url, header: (name) => answer.headers.get(name) };
}

/** That nothing answers at the server's address. */
export function unreachable(error: unknown): Failure {
  const why = messageOf(deepestCause(error));
  const reason = `The server can not be reached (${why}). Check that it runs and that the url is right.`;
  return new Failure('UNREACHABLE', reason, { cause: error });
}

/** Codes of Node for a connection that was there, so that the server may have the request. */
const BROKEN = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_HEADERS_TIMEOUT|HPE_.*)$/;

function notAnswered(error: unknown): Failure {
  const cause = deepestCause(error);
  if (!BROKEN.test(codeOf(cause) ?? '')) return unreachable(error);
  const reason = `The connection broke off before the answer (${messageOf(cause)}).`;
  return new Failure('CONNECTION_LOST', reason, { cause: error });
}

function messageOf(error: unknown): string {
  // OpenSSL ends a line behind its own.
  return error instanceof Error ? error.message.trim() : String(error);
}
