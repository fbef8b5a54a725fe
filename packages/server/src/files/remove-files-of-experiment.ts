import type { RemovalStep } from '../experiments/remove-experiment.ts';
import { deleteFilesOf, doomFilesOf, readableNames } from './file.queries.ts';
import { makeReadable } from './readable-folders.ts';

/** What happens to the files of an experiment that is removed. */
export const removeFilesOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId, eid }) => {
  const names = (await tx.all(readableNames, { experimentId })).map((row) => row.readable_name);
  await tx.run(doomFilesOf, { experimentId, folder: eid, now: ctx.clock.now() });
  await tx.run(deleteFilesOf, { experimentId });
  tx.afterCommit(() => {
    // Not waited for: there may be thousands, and nobody can reach them any more.
    void Promise.all(names.map((name) => makeReadable(ctx, `${eid}/${name}`)));
  });
};
