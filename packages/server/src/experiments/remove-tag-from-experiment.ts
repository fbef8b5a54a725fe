import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { unlink } from './add-tags.ts';
import { bumpRevision, tagsOfExperiments } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { requireTag, tagKey } from './experiment-rules.ts';
import { findChanging } from './find-changing.ts';
import { reloadExperiment } from './reload-experiment.ts';

/** Takes a tag from an experiment. */
export async function removeTagFromExperiment(
  ctx: Context,
  { uuid, tag }: { uuid: string; tag: string },
): Promise<Experiment> {
  requireExperimentRight(ctx.viewer, 'edit');
  requireTag(tag);

  await ctx.write(async (tx) => {
    const experiment = await findChanging(ctx, tx, uuid);
    const tags = await tx.all(tagsOfExperiments, { ids: [experiment.id] });
    const present = tags.find((other) => other.key === tagKey(tag));
    if (!present) {
      throw new AqueductError(
        'NOT_FOUND',
        'DB query failed due to non-existing tag with the provided experiment.',
      );
    }
    await unlink(tx, experiment, [present]);
    await tx.run(bumpRevision, { id: experiment.id });
    await tx.appendEvent('experiment.changed', uuid);
  });
  return reloadExperiment(ctx, uuid);
}
