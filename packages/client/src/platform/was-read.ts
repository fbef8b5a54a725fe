import { Failure } from '../errors/failure.ts';

/** That the bytes of a stream are gone: sent now, it would make an empty file, or the end of one. */
export function wasRead(): Failure {
  return new Failure(
    'LOCAL_FILE',
    'The stream was read already, or something else is reading it. Make a new one for the upload.',
  );
}
