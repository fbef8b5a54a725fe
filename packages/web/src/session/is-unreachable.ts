import { Failure } from '@aqueduct/client/protocol';

const NO_ANSWER: ReadonlySet<string> = new Set(['UNREACHABLE', 'TIMEOUT', 'CONNECTION_LOST']);
/** What a proxy says of a server that does not answer it. */
const OF_PROXIES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether the server did not answer at all: all that it answers itself has the number of its request. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const { code, status = 0, requestId } = error.facts;
  return NO_ANSWER.has(code) || (OF_PROXIES.has(status) && requestId === undefined);
}
