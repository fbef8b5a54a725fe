import type { RemovalStep } from '../../experiments/remove-experiment.ts';
import { discardBytes } from './discard-upload.ts';
import { deleteUploadsOfExperiment, uploadsOfExperiment } from './upload.queries.ts';

/** What happens to the unfinished uploads of an experiment that is removed. */
export const removeUploadsOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  const uploads = await tx.all(uploadsOfExperiment, { experimentId });
  if (uploads.length === 0) return;
  await tx.run(deleteUploadsOfExperiment, { experimentId });
  tx.afterCommit(async () => {
    for (const upload of uploads) await discardBytes(ctx, upload);
  });
};
