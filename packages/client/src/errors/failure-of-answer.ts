import { Failure } from './failure.ts';
import { redirected } from './redirected.ts';

const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_INPUT',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  421: 'MISDIRECTED',
  422: 'INVALID_BODY',
  423: 'LOCKED',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'UNAVAILABLE',
  507: 'DISK_FULL',
};

const ADVICE: Readonly<Record<string, string>> = {
  // True for who has none and for who has a wrong one.
  UNAUTHORIZED: 'A token is given as new API(url, { token }), or by the environment variable API_TOKEN.',
  FORBIDDEN: 'Ask who administers this server for the right to do it.',
  INTERNAL: "The server's log says more.",
};

/** An answer of the server as far as errors need it. */
export interface PlainAnswer {
  readonly status: number;
  readonly text: string;
  /** Where the answer came from. */
  readonly url: string;
  header(name: string): string | null;
}

/** The failure that an answer of a wrong status stands for, in the server's words where it has some. */
export function failureOfAnswer(answer: PlainAnswer): Failure {
  const { status } = answer;
  if (status === 0 || (status >= 300 && status < 400)) return redirected(answer);
  const body = parseObject(answer.text);
  const words = wordsOf(body);
  // Without words of Aqueduct, what is missing is not what was asked for, but Aqueduct.
  if (status < 300 || ((status === 404 || status === 405) && words === undefined))
    return failureOfBadAnswer(answer);
  const code = stringOf(body?.code) ?? codeOfErrors(body?.errors) ?? CODES[status] ?? `HTTP_${status}`;
  const requestId =
    stringOf(body?.requestId) ?? requestIdOf(body?.errors) ?? answer.header('x-request-id') ?? undefined;
  const retryAfter = secondsOf(answer.header('retry-after'));
  const said = words ?? plainText(answer) ?? `The server answered with status ${status}.`;
  const advice = [ADVICE[code], retryAfter === undefined ? undefined : `Try again in ${retryAfter} s.`];
  const reason = [said, ...advice].filter((part) => part !== undefined).join(' ');
  return new Failure(code, reason, { status, requestId, retryAfter });
}

/** The failure that the list of errors in a GraphQL answer stands for. */
export function failureOfGraphqlErrors(errors: readonly unknown[], answer: PlainAnswer): Failure {
  const code = codeOfErrors(errors) ?? 'REMOTE_ERROR';
  const reason = [wordsOf({ errors }) ?? 'The server gave no reason.', ADVICE[code]]
    .filter(Boolean)
    .join(' ');
  return new Failure(code, reason, {
    status: answer.status,
    requestId: requestIdOf(errors) ?? answer.header('x-request-id') ?? undefined,
  });
}

/** The failure of an answer that no Aqueduct server gives. */
export function failureOfBadAnswer(answer: PlainAnswer, cause?: unknown): Failure {
  const type = answer.header('content-type')?.split(';')[0] ?? 'no type';
  return new Failure(
    'BAD_ANSWER',
    `The answer of ${answer.url} (status ${answer.status}, ${type}) is not what Aqueduct answers there. ` +
      'Check that the url is the address of an Aqueduct server, without "api" at its end.',
    { status: answer.status, cause },
  );
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function wordsOf(body: Record<string, unknown> | undefined): string | undefined {
  const { detail, errors } = body ?? {};
  if (typeof detail === 'string') return detail;
  // A list of what is wrong with a request: { msg }; or errors of GraphQL: { message }.
  const list: unknown = Array.isArray(detail) ? detail : errors;
  if (!Array.isArray(list)) return undefined;
  const words = list.map((item: unknown) =>
    isObject(item) ? stringOf(item.msg ?? item.message) : undefined,
  );
  return words.filter((word) => word !== undefined).join(' ') || undefined;
}

/** Short plain text is for people; a page of HTML is not. */
function plainText({ text, header }: PlainAnswer): string | undefined {
  if (!header('content-type')?.startsWith('text/plain') || text.length > 500) return undefined;
  return text.trim() || undefined;
}

function codeOfErrors(errors: unknown): string | undefined {
  return stringOf(extensionsOf(errors)?.code);
}

function requestIdOf(errors: unknown): string | undefined {
  return stringOf(extensionsOf(errors)?.requestId);
}

function extensionsOf(errors: unknown): Record<string, unknown> | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isObject(first) && isObject(first.extensions) ? first.extensions : undefined;
}

function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
