import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { changeTags } from './change-tags.ts';
import type { Experiment } from './experiment.ts';
import { requireTag, tagKey } from './experiment-rules.ts';
import { findToChange } from './find-experiment.ts';
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
    // Without the experiment, that is what is told.
    await findToChange(ctx, ctx.db, 'edit', uuid);
    throw new AqueductError('BAD_INPUT', 'Duplicate tags are not allowed in the request.');
  }

  await ctx.write((tx) => changeTags(ctx, tx, uuid, { add: tags, remove: [] }));
  return reloadExperiment(ctx, uuid);
}
