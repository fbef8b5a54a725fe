import type { Context } from '../access/context.ts';
import { mayDo, requireExperimentRight } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { fileToSend } from './file.queries.ts';
import { requireFileName } from './file-name.ts';

/** The current version of a file, for a download. */
export async function findFile(ctx: Context, uuid: string, name: string) {
  requireExperimentRight(ctx.viewer, 'view');
  requireFileName(name);
  const file = await ctx.db.first(fileToSend, { experimentUuid: uuid, name });
  if (file && mayDo(ctx.viewer, 'view', { uuid, createdByUuid: file.experiment_created_by })) return file;
  if (await findVisibleExperiment(ctx, { uuid })) {
    throw new AqueductError('NOT_FOUND', 'The requested file is not found.');
  }
  throw new AqueductError('NOT_FOUND', 'The specified experiment was not found.');
}
