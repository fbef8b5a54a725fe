/** A setting that can't be used. The message is one sentence for the person who starts the server. */
export class AqueductConfigError extends Error {
  override readonly name = 'AqueductConfigError';
}
