import { AqueductError } from '../errors/aqueduct-error.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { codeOf } from './code-of.ts';
import { notWritable } from './not-writable.ts';

/** Says why the bytes of an object can't be read. */
export function notReadable(error: unknown): AqueductError {
  if (codeOf(error) === 'ESTALE') return notWritable(error);
  if (codeOf(error) !== 'ENOENT') return asAqueductError(error);
  const message = 'The bytes of this file are missing on the disk of the server.';
  return new AqueductError('UNAVAILABLE', message, { cause: error });
}
