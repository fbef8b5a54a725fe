import type { ErrorCode } from './error-codes.ts';

/** Extra facts about a failure. */
export interface ErrorOptions {
  /** What caused it; logged, never shown. */
  cause?: unknown;
  /** Shown as `detail` instead of the message, where the contract wants a list. */
  details?: unknown;
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  retryAfter?: number;
  /** Whether the change may have been made all the same. */
  isInDoubt?: boolean;
}

/** The one class of errors that users may see. Its message says what was wrong, with what input, and what to do. */
export class AqueductError extends Error {
  override readonly name = 'AqueductError';
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly retryAfter: number | undefined;
  readonly isInDoubt: boolean;

  /**
   * @param code - Decides the HTTP status and is given as `code` (REST) or `extensions.code` (GraphQL).
   * @param message - A sentence for people.
   */
  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    this.isInDoubt = options.isInDoubt ?? false;
  }
}
