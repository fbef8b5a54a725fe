import { AqueductError } from '../errors/aqueduct-error.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { codeOf } from './code-of.ts';

/** Codes that say of a folder of ours that its disk went away. */
const GONE = new Set(['ENOENT', 'ESTALE']);

/** Says why something can't be stored. The folders of the storage are made at the start, so they come back with their disk. */
export function notWritable(error: unknown): AqueductError {
  if (!GONE.has(codeOf(error))) return asAqueductError(error);
  return new AqueductError(
    'UNAVAILABLE',
    'The storage of the server is not there right now; nothing was changed. Try again later.',
    { cause: error, retryAfter: 2 },
  );
}
