import { ARCHIVED_TAG } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import type { Transaction } from '../platform/database/database.ts';
import { addTags, type Tagged, unlink } from './add-tags.ts';
import { bumpRevision, tagsOfExperiments } from './experiment.queries.ts';
import { requireTagCount, tagKey } from './experiment-rules.ts';
import { findChanging } from './find-changing.ts';

/** What happens to the tags of an experiment. What is there already, or not there at all, changes nothing. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Changes the tags of an experiment within a transaction, and returns its id. */
export async function changeTags(
  ctx: Context,
  tx: Transaction,
  uuid: string,
  { add, remove }: TagChange,
): Promise<number> {
  const experiment = await findChanging(ctx, tx, uuid);
  const tags = await tx.all(tagsOfExperiments, { ids: [experiment.id] });
  const present = new Set(tags.map(({ key }) => key));
  const unwanted = new Set(remove.map(tagKey));
  const removed = tags.filter(({ key }) => unwanted.has(key));
  const added = add.filter((tag) => !present.has(tagKey(tag)));
  if (added.length === 0 && removed.length === 0) return experiment.id;
  if (added.length > 0) requireTagCount(present.size - removed.length + added.length);
  if (removed.length > 0) await unlink(tx, experiment, removed);
  // That moves it to the live ones.
  const isLive = removed.some(({ key }) => key === ARCHIVED_TAG);
  const tagged: Tagged = isLive ? { ...experiment, archived: 0 } : experiment;
  await addTags(ctx.db, tx, tagged, added);
  await tx.run(bumpRevision, { id: experiment.id });
  await tx.appendEvent('experiment.changed', uuid);
  return experiment.id;
}
