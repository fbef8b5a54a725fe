import { Failure } from '@aqueduct/client/protocol';
import { tellFailure } from '../ui/tell.ts';
import { isUnreachable } from './is-unreachable.ts';

/** What the client library explains to programmers. */
const FOR_PEOPLE: Readonly<Record<string, string>> = {
  BAD_ANSWER:
    'Something else than Aqueduct has answered, such as a proxy or the page of a sign-in. Load this page again; if that does not help, ask who administers this server.',
  REDIRECTED:
    'The request was sent elsewhere, perhaps to the page of a sign-in. Load this page again; if that does not help, ask who administers this server.',
  UNAUTHORIZED:
    'The server does not know who you are. Load this page again to sign in; if that does not help, ask who administers this server.',
};

/** What went wrong, as a sentence for people; of the server's own faults with the number that its log has it under. */
export function failureText(error: unknown): string {
  if (isUnreachable(error)) return 'The server does not answer. This page tries again by itself.';
  return refusalText(error);
}

/** The same of what somebody wanted done: that is not tried again by itself, and it may have been done all the same. */
export function actionFailureText(error: unknown): string {
  if (isUnreachable(error))
    return 'The server did not answer. It is not known whether it was done: look before you try again.';
  return refusalText(error);
}

function refusalText(error: unknown): string {
  if (!(error instanceof Failure)) return error instanceof Error ? error.message : String(error);
  const { code, requestId } = error.facts;
  const words = FOR_PEOPLE[code];
  if (words !== undefined) return words;
  const number = code === 'INTERNAL' && requestId ? ` (${requestId})` : '';
  return `${error.message}${number}`;
}

/** The code of a failure, `undefined` for what is none. */
export function failureCode(error: unknown): string | undefined {
  return error instanceof Failure ? error.facts.code : undefined;
}

/**
 * Says in a corner that something could not be done, and why.
 *
 * @param what - completes "Could not …".
 */
export function tellFailed(what: string, error: unknown): void {
  tellFailure(`Could not ${what}`, actionFailureText(error));
}
