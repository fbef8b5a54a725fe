import { ERRORS } from '@tus/utils';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { errorCodes } from '../../platform/errors/error-codes.ts';
import { tooLarge } from '../../platform/errors/too-large.ts';
import { noSuchUpload } from './find-upload.ts';

interface Refusal {
  /** What was thrown, if anything: by our own operations, or by the protocol's package. */
  readonly failure: unknown;
  readonly status: number;
  /** The package's words. */
  readonly said: string;
  readonly maxBytes: number;
}

/** What to throw for a request that was refused: our own error as it is, the package's in our words and codes. */
export function protocolError({ failure, status, said, maxBytes }: Refusal): unknown {
  if (failure !== undefined && !isPackagesOwn(failure)) return failure;
  const text = said.trim();
  if (status === 404 || status === 410) return noSuchUpload();
  if (status === 409) {
    return new AqueductError(
      'CONFLICT',
      'The upload stands at another offset. Ask for it with HEAD, and go on from there.',
    );
  }
  if (text === ERRORS.ERR_MAX_SIZE_EXCEEDED.body.trim()) {
    return tooLarge(maxBytes);
  }
  if (status === errorCodes.TOO_LARGE) {
    return new AqueductError('TOO_LARGE', 'More bytes came than Upload-Length announced.');
  }
  return new AqueductError(
    status === errorCodes.FORBIDDEN ? 'FORBIDDEN' : 'BAD_INPUT',
    `The request does not keep to tus 1.0: ${text.replace(/\.?$/, '.')}`,
  );
}

/** The package throws plain objects, and one class of its own. */
function isPackagesOwn(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'status_code' in failure;
}
