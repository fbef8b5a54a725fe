/** What an error knows beside its message. */
export interface ErrorFacts {
  /** What went wrong, for programs: see {@link AqueductError.code}. */
  readonly code: string;
  /** The cause alone, without what was tried and where. */
  readonly reason: string;
  /** The HTTP status of the server's answer. */
  readonly status?: number | undefined;
  /** Under which number the server's log has the request. */
  readonly requestId?: string | undefined;
  /** After how many seconds the server asks to be tried again. */
  readonly retryAfter?: number | undefined;
  /** The error below this one. */
  readonly cause?: unknown;
}

/**
 * Every error of this library. Its message says what was tried, where, what went wrong and what to do.
 *
 * @example
 * ```ts
 * import { API, AqueductError } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * try {
 *   await api.getExperimentByEid('19990101-1');
 * } catch (error) {
 *   if (error instanceof AqueductError && error.code === 'NOT_FOUND') console.log('There is no such experiment.');
 *   else throw error;
 * }
 * ```
 */
export class AqueductError extends Error {
  // Written out in each class: what makes programs smaller renames the classes.
  override name = 'AqueductError';
  /**
   * What went wrong, for programs. Of the server: `BAD_INPUT`, `NOT_FOUND`, `CONFLICT`, `TOO_LARGE`,
   * `UNAUTHORIZED`, `FORBIDDEN`, `UNAVAILABLE`, `DISK_FULL` and others. Of this library: `INVALID_ARGUMENT`,
   * `UNREACHABLE`, `TIMEOUT`, `CONNECTION_LOST`, `BAD_ANSWER`, `REDIRECTED`, `CHECKSUM_MISMATCH`, `LOCAL_FILE`.
   */
  readonly code: string;
  /** The cause alone, without what was tried and where; the server's own words where it said something. */
  readonly reason: string;
  /** The HTTP status of the server's answer, if there was one. */
  readonly status: number | undefined;
  /** Under which number the server's log has the request, if it said so. */
  readonly requestId: string | undefined;
  /** After how many seconds the server asks to be tried again, if it said so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.reason = facts.reason;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfter = facts.retryAfter;
  }
}

/** An operation failed on the server, or its answer did not come. */
export class RemoteOperationError extends AqueductError {
  override name = 'RemoteOperationError';
}

/** The caller is known but may not do this. */
export class ForbiddenError extends AqueductError {
  override name = 'ForbiddenError';
}

/** The server wants a token, or does not accept the one it got. */
export class UnauthorizedError extends AqueductError {
  override name = 'UnauthorizedError';
}

/** There is no file at the path given to `uploadFile`. */
export class FileToUploadNotFoundError extends AqueductError {
  override name = 'FileToUploadNotFoundError';
}

/**
 * A file could not be uploaded. Never is half of it on the server; all of it may be, where the answer is what did not come
 * (`TIMEOUT`, `CONNECTION_LOST`). With `CHECKSUM_MISMATCH` the server has what it was sent: a mixture, where the file was
 * changed meanwhile.
 */
export class FileUploadError extends AqueductError {
  override name = 'FileUploadError';
}

/** A file could not be downloaded; nothing of it is left under its name. */
export class FileDownloadError extends AqueductError {
  override name = 'FileDownloadError';
}

/** Files could not be removed: none of them was, unless the answer is what did not come (`TIMEOUT`, `CONNECTION_LOST`). */
export class FileRemovalError extends AqueductError {
  override name = 'FileRemovalError';
}

/**
 * An argument that can not be right; thrown before anything is sent. What a stream gives is seen only while it is sent:
 * where that is no bytes, the server keeps nothing of it.
 */
export class InvalidArgumentError extends AqueductError {
  override name = 'InvalidArgumentError';

  constructor(message: string) {
    super(message, { code: 'INVALID_ARGUMENT', reason: message });
  }
}
