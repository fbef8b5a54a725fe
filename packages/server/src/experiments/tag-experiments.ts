import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { changeTags } from './change-tags.ts';
import { revisionsById } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { loadRecords } from './experiment-records.ts';
import { requireExperimentCount, requireTag, tagKey } from './experiment-rules.ts';

export interface TagExperimentsInput {
  uuids: readonly string[];
  add?: readonly string[] | null;
  remove?: readonly string[] | null;
}

/** Gives tags to many experiments and takes tags from them: from all of them, or none where one can't be changed. */
export async function tagExperiments(ctx: Context, input: TagExperimentsInput): Promise<Experiment[]> {
  requireExperimentRight(ctx.viewer, 'edit');
  const uuids = [...new Set(input.uuids)];
  requireExperimentCount(uuids.length);
  const add = distinct(input.add ?? []);
  const remove = distinct(input.remove ?? []);
  for (const tag of [...add.values(), ...remove.values()]) requireTag(tag);
  const both = [...add.keys()].find((key) => remove.has(key));
  if (both !== undefined) {
    throw new AqueductError(
      'BAD_INPUT',
      `The tag "${both}" is to be added and removed; leave one of the two out.`,
    );
  }

  const change = { add: [...add.values()], remove: [...remove.values()] };
  const ids = await ctx.write(async (tx) => {
    const changed: number[] = [];
    for (const uuid of uuids) changed.push(await changeTags(ctx, tx, uuid, change));
    return changed;
  });
  const revisions = new Map((await ctx.db.all(revisionsById, { ids })).map((row) => [row.id, row]));
  return loadRecords(
    ctx.db,
    ids.flatMap((id) => revisions.get(id) ?? []),
  );
}

/** By what makes them the same; the first spelling stays. */
function distinct(tags: readonly string[]): Map<string, string> {
  return new Map(tags.toReversed().map((tag) => [tagKey(tag), tag]));
}
