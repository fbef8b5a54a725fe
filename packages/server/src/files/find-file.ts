import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { fileByName } from './file.queries.ts';
import { requireFileName } from './file-name.ts';

/** The current version of a file, for a download. */
export async function findFile(ctx: Context, uuid: string, name: string) {
  requireExperimentRight(ctx.viewer, 'view');
  requireFileName(name);
  const experiment = await findVisibleExperiment(ctx, { uuid });
  if (!experiment) throw new AqueductError('NOT_FOUND', 'The specified experiment was not found.');
  const file = await ctx.db.first(fileByName, { experimentId: experiment.id, name });
  if (!file) throw new AqueductError('NOT_FOUND', 'The requested file is not found.');
  return { ...file, eid: experiment.eid };
}
