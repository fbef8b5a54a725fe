import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { type ErrorCode, errorCodes } from '../platform/errors/error-codes.ts';
import { logFailure } from '../platform/logging/log-failure.ts';
import { drainBody } from './drain-body.ts';
import { logOf } from './request-log.ts';

/** Failures whose body the contract fixes to `detail` alone. */
const BARE: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_LARGE',
  'INVALID_BODY',
]);

/** Headers that speak of what is not sent now. */
const OF_WHAT_WAS_ASKED_FOR = [
  'content-disposition',
  'content-encoding',
  'content-length',
  'etag',
  'last-modified',
  'accept-ranges',
];

/** Answers a failure of a REST call. */
export async function presentRestError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const known = fromFramework(error) ?? asAqueductError(error);
  logFailure(logOf(request), known);
  const status = errorCodes[known.code];
  if (known.retryAfter !== undefined) reply.header('retry-after', String(known.retryAfter));
  for (const header of OF_WHAT_WAS_ASKED_FOR) reply.removeHeader(header);
  const detail = known.details ?? known.message;
  const isContract = request.url.startsWith('/api/files') && BARE.has(known.code);
  await drainBody(request.raw);
  // What the client still sends is not waited for any longer.
  if (!request.raw.complete) reply.header('connection', 'close');
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('x-request-id', request.id)
    .type('application/json; charset=utf-8')
    .send(isContract ? { detail } : { detail, code: known.code, requestId: request.id });
}

/** What Fastify itself refuses, in our words and codes. */
function fromFramework(error: unknown): AqueductError | undefined {
  if (error instanceof AqueductError || !(error instanceof Error) || !('statusCode' in error))
    return undefined;
  const { statusCode = 500, code } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new AqueductError('TOO_LARGE', 'The request is larger than this server takes. Split it.');
  }
  const known = (Object.keys(errorCodes) as ErrorCode[]).find((name) => errorCodes[name] === statusCode);
  if (statusCode >= 500 || known === undefined) return undefined;
  return new AqueductError(known, error.message, { cause: error });
}
