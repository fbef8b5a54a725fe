import { type AqueductError, type ErrorFacts, ForbiddenError, UnauthorizedError } from './errors.ts';

/** What went wrong below an operation; the operation makes it an error that says what was tried. */
export class Failure extends Error {
  readonly facts: ErrorFacts;

  constructor(code: string, reason: string, facts: Omit<ErrorFacts, 'code' | 'reason'> = {}) {
    super(reason);
    this.facts = { ...facts, code, reason };
  }
}

/**
 * Runs an operation and gives its failures the class and the words of that operation. Errors of other kinds (wrong
 * arguments, the reason of an `AbortSignal`, what a callback throws) pass as they are.
 *
 * @param what - Completes "Could not …".
 */
export async function attempt<Result>(
  ErrorClass: new (message: string, facts: ErrorFacts) => AqueductError,
  what: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw presented(ErrorClass, what, error);
  }
}

/** The error to throw for one from below: of a failure, one with the class and the words of the operation. */
export function presented(
  ErrorClass: new (message: string, facts: ErrorFacts) => AqueductError,
  what: string,
  error: unknown,
): unknown {
  if (!(error instanceof Failure)) return error;
  return new (classFor(error.facts.code) ?? ErrorClass)(`Could not ${what}: ${error.message}`, error.facts);
}

function classFor(code: string) {
  if (code === 'UNAUTHORIZED') return UnauthorizedError;
  if (code === 'FORBIDDEN') return ForbiddenError;
  return undefined;
}
