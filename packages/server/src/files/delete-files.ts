import { isFileName } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { bumpRevision } from '../experiments/experiment.queries.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { deleteFilesAmong, doomFilesAmong, fileNames, readableNamesAmong } from './file.queries.ts';
import { findEditable } from './find-editable.ts';
import { showAfterCommit } from './readable-folders.ts';

/**
 * Deletes files of an experiment, all or none of them.
 *
 * @returns their names, sorted, each once.
 */
export async function deleteFiles(ctx: Context, uuid: string, names: readonly string[]): Promise<string[]> {
  requireExperimentRight(ctx.viewer, 'edit');
  if (names.length === 0) throw new AqueductError('BAD_INPUT', 'File list can not be empty.');
  if (!names.every(isFileName)) throw new AqueductError('BAD_INPUT', 'Invalid file names.');
  const wanted = [...new Set(names)].toSorted(byCharacters);

  ctx.idempotency?.describeInput('delete', uuid, ...wanted);
  await ctx.write(async (tx) => {
    const { id: experimentId, eid } = await findEditable(ctx, tx, uuid);
    const present = new Set((await tx.all(fileNames, { experimentId })).map((row) => row.name));
    if (present.size === 0) throw new AqueductError('BAD_INPUT', 'No files were found for this experiment');
    const missing = wanted.filter((name) => !present.has(name));
    if (missing.length > 0) throw new AqueductError('CONFLICT', `File(s) not found - ${enumerate(missing)}`);

    const paths = (await tx.all(readableNamesAmong, { experimentId, names: wanted })).map(
      (row) => `${eid}/${row.readable_name}`,
    );
    await tx.run(doomFilesAmong, { experimentId, names: wanted, folder: eid, now: ctx.clock.now() });
    await tx.run(deleteFilesAmong, { experimentId, names: wanted });
    await tx.run(bumpRevision, { id: experimentId });
    await tx.appendEvent('file.changed', uuid);
    showAfterCommit(ctx, tx, paths);
  });
  return wanted;
}

/** By code points, as Python sorts: halves of surrogate pairs would come before some whole characters. */
function byCharacters(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** `a, b and c`. */
export function enumerate(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
