import { codeOf, deepestCause } from './deepest-cause.ts';
import { Failure } from './failure.ts';

/**
 * An action moves instruments: who does not know whether it runs must not just start it again.
 *
 * @param hint - What to know or do, where it may be done all the same.
 */
export function mayRunAllTheSame(
  error: unknown,
  hint = 'The action may run all the same: api.getTasks() tells.',
): never {
  if (!(error instanceof Failure) || !mayHaveArrived(error)) throw error;
  const { code, ...facts } = error.facts;
  throw new Failure(code, `${error.message} ${hint}`, facts);
}

/**
 * A browser does not say whether a connection was never there or broke off. A proxy says with 502 or 504 that no answer
 * came to what it may have passed on; the server itself answers with neither.
 */
function mayHaveArrived({ facts: { code, status, cause } }: Failure): boolean {
  if (code === 'UNREACHABLE') {
    const below = deepestCause(cause);
    return codeOf(below) === undefined && !isBadPort(below);
  }
  return code === 'TIMEOUT' || code === 'CONNECTION_LOST' || status === 502 || status === 504;
}

/** Ports of other protocols `fetch` refuses before anything is sent; Node gives no code for that. */
function isBadPort(error: unknown): boolean {
  return error instanceof Error && error.message === 'bad port';
}
