import { filesPath } from '@aqueduct/contract';
import { platform } from '#platform';
import { checkAmount, checkPath, show } from './check-arguments.ts';
import { checkOptions, type OptionChecks } from './check-options.ts';
import { checkResult } from './check-result.ts';
import { FileUploadError, InvalidArgumentError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import type { OpenSource, SeekableSource, UploadSource } from './platform/platform.ts';
import { type TransferOptions, transferOptions } from './progress.ts';
import { uploadInPieces } from './resumable/upload-in-pieces.ts';
import { untilAborted } from './until-aborted.ts';
import { patienceOf } from './upload-patience.ts';

/** Options of `Experiment.uploadFile`. */
export interface UploadOptions extends TransferOptions {
  /** The file's name in the experiment; that of the path or `File` if not given. A Blob or stream has none. */
  readonly name?: string | undefined;
  /**
   * Bytes, 64 MiB if not given: files from this size on are sent so that the upload goes on where it stopped after a
   * lost connection, and, when it is called again with the same file, after a restart of this program. `Infinity`:
   * never. For that it keeps a small file in the user's folder for states (`XDG_STATE_HOME`, else `~/.local/state`), in
   * browsers an entry in `localStorage`. A stream gives its bytes only once: it goes in one piece always.
   */
  readonly resumableFrom?: number | undefined;
  /** Seconds, 60 if not given: for so long such an upload waits for a server that is gone, trying again. */
  readonly retryFor?: number | undefined;
}

const RESUMABLE_FROM = 64 * 1024 * 1024;
const RETRY_FOR = 60;

const uploadOptions: OptionChecks<UploadOptions> = {
  name: (_, value) => checkFileName(value),
  resumableFrom: checkAmount,
  retryFor: checkAmount,
  ...transferOptions,
};

export async function uploadFile(
  owner: FileOwner,
  file: UploadSource,
  options: UploadOptions,
): Promise<void> {
  listenForErrors(file);
  checkSource(file);
  checkOptions('options', options, uploadOptions);
  const { connection, uuid } = owner;
  const { name, resumableFrom = RESUMABLE_FROM, retryFor = RETRY_FOR, onProgress, signal } = options;
  await attempt(FileUploadError, `upload ${name ?? describe(file)} to ${placeOf(owner)}`, async () => {
    if (name === undefined && isNameless(file))
      throw new InvalidArgumentError('A Blob or stream has no name: give { name: "…" }.');
    const opening = platform.openSource(file);
    try {
      // A disk of the network may not answer.
      await send(await untilAborted(opening, signal));
    } finally {
      opening.then((source) => source.close?.()).catch(() => undefined);
    }
  });

  async function send(source: OpenSource): Promise<void> {
    const fileName = name ?? source.name ?? '';
    checkFileName(fileName);
    if (isSeekable(source) && source.size >= resumableFrom) {
      const upload = {
        connection,
        experimentUuid: uuid,
        name: fileName,
        source,
        retryFor,
        onProgress,
        signal,
      };
      if (await uploadInPieces(upload)) return;
    }
    const answer = await platform.sendFile({
      method: 'POST',
      as: 'form',
      url: connection.address(filesPath(uuid)),
      // Header values are ASCII, and proxies drop names with an underscore.
      headers: { 'X-File-Name': encodeURIComponent(fileName), ...connection.authorization },
      source,
      timeout: connection.timeout,
      patience: patienceOf(connection),
      onProgress,
      signal,
    });
    checkResult(answer);
  }
}

function isSeekable(source: OpenSource): source is SeekableSource {
  return source.from !== undefined && source.size !== undefined;
}

/** Node ends a program whose stream fails while nobody listens. Who reads it gets the error all the same. */
function listenForErrors(file: unknown): void {
  if (isStream(file) && 'on' in file && typeof file.on === 'function') file.on('error', () => undefined);
}

function isNameless(file: UploadSource): boolean {
  return file instanceof Blob ? !(file instanceof File) : isStream(file);
}

function isStream(file: unknown): file is object {
  return typeof file === 'object' && file !== null && (Symbol.asyncIterator in file || 'getReader' in file);
}

function checkSource(file: unknown): void {
  if (typeof file === 'string' && file !== '') checkPath('path', file);
  else if (!(file instanceof URL || file instanceof Blob || isStream(file))) throw notTaken(file);
}

function notTaken(file: unknown): InvalidArgumentError {
  return new InvalidArgumentError(
    `uploadFile takes a path, a Blob or a stream of bytes, not ${show(file)}. Bytes in memory: new Blob([bytes]).`,
  );
}

function describe(file: UploadSource): string {
  if (typeof file === 'string' || file instanceof URL) return String(file);
  return file instanceof File ? file.name : 'a file';
}
