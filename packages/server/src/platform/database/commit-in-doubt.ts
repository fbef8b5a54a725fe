import { AqueductError } from '../errors/aqueduct-error.ts';

/** A commit that may have happened or not, as when the connection broke before the answer. */
export function commitInDoubt(cause: unknown): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    'The database broke off while it stored the change, which may be there or not. Look before you try again, ' +
      'or try again with the same Idempotency-Key.',
    { cause, retryAfter: 2, isInDoubt: true },
  );
}
