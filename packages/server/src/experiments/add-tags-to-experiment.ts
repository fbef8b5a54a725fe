import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { addTags } from './add-tags.ts';
import { bumpRevision, tagsOfExperiments } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { requireTag, requireTagCount, tagKey } from './experiment-rules.ts';
import { findChanging } from './find-changing.ts';
import { reloadExperiment } from './reload-experiment.ts';

/** Gives tags to an experiment. Tags that it has already change nothing; a tag twice in one request is an error. */
export async function addTagsToExperiment(
  ctx: Context,
  { uuid, tags }: { uuid: string; tags: readonly string[] },
): Promise<Experiment> {
  requireExperimentRight(ctx.viewer, 'edit');
  for (const tag of tags) requireTag(tag);
  const keys = new Set(tags.map(tagKey));
  if (keys.size < tags.length) {
    throw new AqueductError('BAD_INPUT', 'Duplicate tags are not allowed in the request.');
  }

  await ctx.write(async (tx) => {
    const experiment = await findChanging(ctx, tx, uuid);
    const present = new Set(
      (await tx.all(tagsOfExperiments, { ids: [experiment.id] })).map((tag) => tag.key),
    );
    const added = tags.filter((tag) => !present.has(tagKey(tag)));
    if (added.length === 0) return;
    requireTagCount(present.size + added.length);
    await addTags(tx, experiment, added);
    await tx.run(bumpRevision, { id: experiment.id });
    await tx.appendEvent('experiment.changed', uuid);
  });
  return reloadExperiment(ctx, uuid);
}
