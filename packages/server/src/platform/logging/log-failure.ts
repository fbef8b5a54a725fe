import type { AqueductError } from '../errors/aqueduct-error.ts';
import { errorCodes } from '../errors/error-codes.ts';
import type { Logger } from './logger.ts';

/** Logs what is not the caller's fault, with its cause, and names that a setting may let in. */
export function logFailure(log: Logger, error: AqueductError): void {
  if (error.code === 'MISDIRECTED') log.info(error.message);
  if (errorCodes[error.code] < 500) return;
  const cause = error.cause ?? error;
  if (error.code === 'INTERNAL') log.error({ err: cause }, 'internal error');
  else log.warn({ err: cause, code: error.code }, error.message);
}
