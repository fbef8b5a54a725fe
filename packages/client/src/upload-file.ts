import { filesPath } from '@aqueduct/contract';
import { platform } from '#platform';
import { show } from './check-arguments.ts';
import { FileUploadError, InvalidArgumentError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { failureOfAnswer, failureOfBadAnswer, parseObject } from './errors/failure-of-answer.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import type { UploadSource } from './platform/platform.ts';
import type { TransferOptions } from './progress.ts';

/** Options of `Experiment.uploadFile`. */
export interface UploadOptions extends TransferOptions {
  /** The file's name in the experiment; that of the path or `File` if not given. A Blob or stream has none. */
  readonly name?: string | undefined;
}

/**
 * Seconds: the server answers an upload only when the bytes are safe on its disk, and it may halt in between while
 * a slow disk catches up. The half second for other answers would cut honest uploads.
 */
const UPLOAD_PATIENCE = 30;

export async function uploadFile(
  owner: FileOwner,
  file: UploadSource,
  options: UploadOptions,
): Promise<void> {
  const { connection, uuid } = owner;
  const { name, onProgress, signal } = options;
  checkSource(file);
  if (name !== undefined) checkFileName(name);
  await attempt(FileUploadError, `upload ${name ?? describe(file)} to ${placeOf(owner)}`, async () => {
    signal?.throwIfAborted();
    const source = await platform.openSource(file);
    const fileName = name ?? source.name;
    if (fileName === undefined)
      throw new InvalidArgumentError('A Blob or stream has no name: give { name: "…" }.');
    checkFileName(fileName);
    const answer = await platform.sendForm({
      url: connection.address(filesPath(uuid)),
      // Header values are ASCII, and proxies drop names with an underscore.
      headers: { 'X-File-Name': encodeURIComponent(fileName), ...connection.authorization },
      source,
      timeout: connection.timeout,
      patience: Math.max(connection.timeout, UPLOAD_PATIENCE),
      onProgress,
      signal,
    });
    if (answer.status < 200 || answer.status > 299) throw failureOfAnswer(answer);
    if (parseObject(answer.text)?.result === undefined) throw failureOfBadAnswer(answer);
  });
}

function checkSource(file: unknown): void {
  if (typeof file === 'string' && file !== '') return;
  const isStream =
    typeof file === 'object' && file !== null && (Symbol.asyncIterator in file || 'getReader' in file);
  if (file instanceof URL || file instanceof Blob || isStream) return;
  throw new InvalidArgumentError(
    `uploadFile takes a path, a Blob or a stream of bytes, not ${show(file)}. Bytes in memory: new Blob([bytes]).`,
  );
}

function describe(file: UploadSource): string {
  if (typeof file === 'string' || file instanceof URL) return String(file);
  return file instanceof File ? file.name : 'a file';
}
