import type { RemovalStep } from '../experiments/remove-experiment.ts';
import { deleteFilesOf, doomFilesOf, readableNames } from './file.queries.ts';
import { showAfterCommit } from './readable-folders.ts';

/** What happens to the files of an experiment that is removed. */
export const removeFilesOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId, eid }) => {
  const names = (await tx.all(readableNames, { experimentId })).map((row) => row.readable_name);
  await tx.run(doomFilesOf, { experimentId, folder: eid, now: ctx.clock.now() });
  await tx.run(deleteFilesOf, { experimentId });
  const paths = names.map((name) => `${eid}/${name}`);
  showAfterCommit(ctx, tx, paths);
};
