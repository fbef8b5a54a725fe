import { PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { enumerate } from './delete-files.ts';
import { runReadSteps } from './file-steps.ts';
import { findFiles, type ListedFile } from './find-files.ts';

/** Of what is compressed already, compressing takes time and saves nothing; texts shrink well even at the fastest. */
const SHRINKS = /^text\/|[/+](json|xml|yaml|javascript|toml|sql)$/;
const FASTEST = 1;

/**
 * Files of an experiment as one zip, made while it is read.
 *
 * @param names - which ones; none of them means all.
 * @returns the EID, and the bytes: they fail, and the download breaks off, when a file is replaced or deleted before
 *   its turn.
 * @throws AqueductError `NOT_FOUND` for an unknown experiment or file, and where there is nothing to pack.
 */
export async function zipFiles(
  ctx: Context,
  uuid: string,
  names: readonly string[],
): Promise<{ eid: string; bytes: Readable }> {
  requireExperimentRight(ctx.viewer, 'view');
  const experiment = await findVisibleExperiment(ctx, { uuid });
  if (!experiment) throw new AqueductError('NOT_FOUND', 'The specified experiment was not found.');
  const files = chooseFiles(await findFiles(ctx, experiment), names);
  const { eid } = experiment;
  const bytes = pack(files, async ({ name, size, sha256, key }) => {
    const opened = await ctx.storage.open(key);
    await runReadSteps(ctx, { experimentUuid: uuid, eid, name, size, sha256 }, opened);
    return opened;
  });
  return { eid, bytes };
}

function chooseFiles(files: readonly ListedFile[], names: readonly string[]): readonly ListedFile[] {
  if (files.length === 0) throw new AqueductError('NOT_FOUND', 'No files were found for this experiment.');
  if (names.length === 0) return files;
  const wanted = new Set(names);
  const chosen = files.filter(({ name }) => wanted.delete(name));
  if (wanted.size > 0)
    throw new AqueductError('NOT_FOUND', `File(s) not found - ${enumerate([...wanted].toSorted())}`);
  return chosen;
}

/** One file after the other, each opened when its turn comes: thousands need one descriptor. */
function pack(files: readonly ListedFile[], open: (file: ListedFile) => Promise<Readable>): Readable {
  const zip = new ZipFile();
  const bytes = new PassThrough();
  let current: Readable | undefined;
  zip.on('error', (error: Error) => bytes.destroy(error));
  for (const file of files) {
    const options = {
      size: file.size,
      mtime: new Date(file.modifiedAt / 1000),
      compressionLevel: SHRINKS.test(file.mediaType) ? FASTEST : 0,
    };
    zip.addReadStreamLazy(file.name, options, (take) => {
      open(file).then(
        (stream) => {
          current = stream;
          if (bytes.destroyed) stream.destroy();
          else take(null, stream);
        },
        (error) => bytes.destroy(error),
      );
    });
  }
  zip.end();
  // Whoever leaves in the middle leaves no open file behind.
  pipeline(zip.outputStream, bytes, () => current?.destroy());
  return bytes;
}
