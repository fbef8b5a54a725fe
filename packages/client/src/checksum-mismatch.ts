import { Failure } from './errors/failure.ts';

/** That bytes came over changed. */
export function checksumMismatch(name: string): Failure {
  return new Failure(
    'CHECKSUM_MISMATCH',
    `The bytes of "${name}" that arrived are not those that the server has (their SHA-256 differs). ` +
      'They were changed on the way or on its disk. Try again; if it stays so, the file is damaged.',
  );
}
