import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Experiment } from './experiment.ts';
import { findVisibleExperiment } from './find-experiment.ts';

/** Reads an experiment again after it was changed. */
export async function reloadExperiment(ctx: Context, uuid: string): Promise<Experiment> {
  const experiment = await findVisibleExperiment(ctx, { uuid });
  if (experiment) return experiment;
  throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified UUID for the user.');
}
