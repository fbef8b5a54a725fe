import { codeOf, deepestCause } from './deepest-cause.ts';
import { Failure } from './failure.ts';

/** An action moves instruments: who does not know whether it runs must not just start it again. */
export function mayRunAllTheSame(error: unknown): never {
  if (!(error instanceof Failure) || !mayHaveArrived(error)) throw error;
  const { code, ...facts } = error.facts;
  throw new Failure(code, `${error.message} The action may run all the same: api.getTasks() tells.`, facts);
}

/** A browser does not say whether a connection was never there or broke off. */
function mayHaveArrived({ facts: { code, cause } }: Failure): boolean {
  if (code === 'UNREACHABLE') return codeOf(deepestCause(cause)) === undefined;
  return code === 'TIMEOUT' || code === 'CONNECTION_LOST';
}
