import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { requireExperimentCount } from './experiment-rules.ts';
import { removeWithin } from './remove-experiment.ts';

/** Removes many experiments with all that belongs to them: all, or none where one can't be removed. */
export async function removeExperiments(ctx: Context, uuids: readonly string[]): Promise<void> {
  requireExperimentRight(ctx.viewer, 'delete');
  const distinct = [...new Set(uuids)];
  requireExperimentCount(distinct.length);
  await ctx.write(async (tx) => {
    for (const uuid of distinct) await removeWithin(ctx, tx, uuid);
  });
}
