import { AqueductError } from './aqueduct-error.ts';

/** The contract's refusal of a file of more than so many bytes. */
export function tooLarge(maxBytes: number): AqueductError {
  return new AqueductError('TOO_LARGE', `Maximum file size limit (${maxBytes} bytes) exceeded.`);
}
