import type { RemovalStep } from '../../experiments/remove-experiment.ts';
import { forgetUploads } from './discard-upload.ts';
import { uploadsOfExperiment } from './upload.queries.ts';

/** What happens to the unfinished uploads of an experiment that is removed. */
export const removeUploadsOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  await forgetUploads(ctx, tx, await tx.all(uploadsOfExperiment, { experimentId }));
};
