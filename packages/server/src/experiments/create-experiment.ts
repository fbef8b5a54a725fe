import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Transaction } from '../platform/database/database.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { addTags } from './add-tags.ts';
import { insertExperiment, takeEidNumber } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { changeBy, countExperiment } from './experiment-counts.ts';
import {
  requireDescription,
  requireTag,
  requireTagCount,
  requireTitle,
  searchText,
} from './experiment-rules.ts';
import { reloadExperiment } from './reload-experiment.ts';

export interface NewExperiment {
  title: string;
  /** Markdown. */
  description: string;
  tags: readonly string[];
}

/** Makes an experiment with the next EID of the day. */
export async function createExperiment(ctx: Context, input: NewExperiment): Promise<Experiment> {
  requireScope(ctx.viewer, 'experiment::create::own');
  requireNewExperiment(input);
  const { title, description, tags } = input;

  let made: Experiment | undefined;
  const uuid = await ctx.write(async (tx) => {
    const eid = await nextEid(tx, ctx.clock.today());
    const createdAt = ctx.clock.now();
    const experiment = {
      uuid: ctx.newUuid(),
      eid,
      title,
      description,
      createdAt,
      updatedAt: createdAt,
      archived: 0 as const,
    };
    const row = { ...experiment, searchText: searchText(title, eid), createdBy: ctx.viewer.uuid };
    // The microsecond of creation, or the next one that no experiment has.
    let id = createdAt;
    while ((await tx.run(insertExperiment, { ...row, id })) === 0) id += 1;
    await noteForSearch(tx, id);
    await countExperiment(tx, createdAt, changeBy(1, 0));
    const given = await addTags(ctx.db, tx, { id, createdAt, archived: 0 }, tags);
    await tx.appendEvent('experiment.created', experiment.uuid);
    // Reading it back would take a tenth of all that.
    made = {
      ...experiment,
      id,
      createdBy: ctx.viewer.username,
      createdByUuid: ctx.viewer.uuid,
      archived: given.archived,
      tags: given.names,
      version: 1,
      revision: 1,
    };
    return experiment.uuid;
  });
  // A repeat of a request made nothing.
  return made ?? reloadExperiment(ctx, uuid);
}

/** The checks in the order of the contract: title, description, tags, their number. */
function requireNewExperiment({ title, description, tags }: NewExperiment): void {
  requireTitle(title);
  requireDescription(description);
  for (const tag of tags) requireTag(tag);
  requireTagCount(tags.length);
}

/** `YYYYMMDD-N`: numbers count from 1 each day, and are never given twice. */
async function nextEid(tx: Transaction, day: string): Promise<string> {
  const counter = await tx.first(takeEidNumber, { day });
  return `${day}-${counter?.last_number}`;
}
