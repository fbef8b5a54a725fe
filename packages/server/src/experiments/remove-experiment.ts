import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import type { Transaction } from '../platform/database/database.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { deleteExperiment, tagsOfExperiments } from './experiment.queries.ts';
import { changeBy, countExperiment, countTagUses } from './experiment-counts.ts';
import { findChanging } from './find-changing.ts';
import { unlinkTags } from './tag.queries.ts';

/** An experiment that is about to go. */
export interface RemovedExperiment {
  readonly id: number;
  readonly uuid: string;
  readonly eid: string;
}

/** What another room does in the transaction that removes an experiment. */
export type RemovalStep = (ctx: Context, tx: Transaction, experiment: RemovedExperiment) => Promise<void>;

const steps: RemovalStep[] = [];

/** Registers what a room keeps of experiments and must remove with them. */
export function onExperimentRemoval(step: RemovalStep): void {
  steps.push(step);
}

/** Removes an experiment with all that belongs to it. Its EID does not come back. */
export async function removeExperiment(ctx: Context, uuid: string): Promise<void> {
  requireExperimentRight(ctx.viewer, 'delete');
  await ctx.write((tx) => removeWithin(ctx, tx, uuid));
}

/** Removes an experiment within a transaction. */
export async function removeWithin(ctx: Context, tx: Transaction, uuid: string): Promise<void> {
  const experiment = await findChanging(ctx, tx, uuid, 'delete');
  const { id, eid, archived, createdAt } = experiment;
  for (const step of steps) await step(ctx, tx, { id, uuid, eid });
  const tagIds = (await tx.all(tagsOfExperiments, { ids: [id] })).map((tag) => tag.id);
  await tx.run(unlinkTags, { tagIds, experimentId: id });
  await countTagUses(tx, tagIds, changeBy(-1, archived));
  await countExperiment(tx, createdAt, changeBy(-1, archived));
  await tx.run(deleteExperiment, { id });
  // Before it is gone, the index could take it in once more.
  await noteForSearch(tx, id);
  await tx.appendEvent('experiment.removed', uuid);
}
