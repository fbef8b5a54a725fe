import { ERRORS } from '@tus/utils';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { errorCodes } from '../../platform/errors/error-codes.ts';
import { tooLarge } from '../../platform/errors/too-large.ts';
import { moreThanAnnounced } from './append-upload.ts';
import { noSuchUpload } from './find-upload.ts';
import { takenOver } from './hold-upload.ts';

interface Refusal {
  /** What was thrown, if anything: by our own operations, or by the protocol's package. */
  readonly failure: unknown;
  readonly status: number;
  /** The package's words. */
  readonly said: string;
  /** Of the whole file, where the request says how many bytes it has. */
  readonly announced: number;
  readonly maxBytes: number;
}

/** What to throw for a request that was refused: our own error as it is, the package's in our words and codes. */
export function protocolError({ failure, status, said, announced, maxBytes }: Refusal): unknown {
  if (failure !== undefined && !isPackagesOwn(failure)) return failure;
  const text = said.trim();
  if (status === 404 || status === 410) return noSuchUpload();
  if (status === 409) {
    return new AqueductError(
      'CONFLICT',
      'The upload stands at another offset. Ask for it with HEAD, and go on from there.',
    );
  }
  if (failure === ERRORS.ABORTED) return takenOver();
  if (status === errorCodes.TOO_LARGE) return announced > maxBytes ? tooLarge(maxBytes) : moreThanAnnounced();
  return new AqueductError(
    status === errorCodes.FORBIDDEN ? 'FORBIDDEN' : 'BAD_INPUT',
    `The request does not keep to tus 1.0: ${text.replace(/\.?$/, '.')}`,
  );
}

/** The package throws plain objects, and one class of its own. */
function isPackagesOwn(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'status_code' in failure;
}
