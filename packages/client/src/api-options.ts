import { checkHeaderText, checkTexts, checkTimeout, checkToken } from './check-arguments.ts';
import type { OptionChecks } from './check-options.ts';
import { type RequestOptions, requestOptions } from './progress.ts';

/** Options of `API`. */
export interface ApiOptions {
  /**
   * Seconds, above 0; 0.5 if not given. An operation fails when nothing comes from the server for so long: a transfer
   * that moves is never cut, however long it takes.
   */
  readonly timeout?: number | undefined;
  /** Who is asking. If not given, in Node, the environment variable `API_TOKEN`; an empty text is no token. */
  readonly token?: string | undefined;
}

export const apiOptions: OptionChecks<ApiOptions> = { timeout: checkTimeout, token: checkToken };

/** Options of `API.createExperiment`. */
export interface CreateOptions extends RequestOptions {
  /** At most 64 tags of letters, digits and `- _ : /`, each of at most 64 characters. */
  readonly tags?: readonly string[] | undefined;
  /**
   * A text of your own for this one creation. Creating again with the same text and the same input within 7 days
   * gives the same experiment: so it can be tried again after a broken connection.
   */
  readonly idempotencyKey?: string | undefined;
}

export const createOptions: OptionChecks<CreateOptions> = {
  tags: checkTexts,
  idempotencyKey: checkHeaderText,
  ...requestOptions,
};
