import { Failure } from './failure.ts';

/** What may be over when it is tried again: a server that starts anew, a line that broke. */
const PASSING: ReadonlySet<string> = new Set([
  'UNREACHABLE',
  'CONNECTION_LOST',
  'TIMEOUT',
  'UNAVAILABLE',
  'TOO_MANY_REQUESTS',
]);

/** Whether trying again may help. */
export function isPassing(error: unknown): error is Failure {
  return error instanceof Failure && PASSING.has(error.facts.code);
}
