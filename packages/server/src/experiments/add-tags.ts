import { ARCHIVED_TAG } from '@aqueduct/contract';
import type { Database, Transaction } from '../platform/database/database.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { setArchived, setArchivedOfTags, tagsOfExperiments } from './experiment.queries.ts';
import { changeBy, countExperiment, countTagUses } from './experiment-counts.ts';
import { tagKey, tagName } from './experiment-rules.ts';
import { knownTags } from './known-tags.ts';
import { insertTag, linkTags, unlinkTags } from './tag.queries.ts';

/** What changing the tags of an experiment depends on. */
export interface Tagged {
  readonly id: number;
  readonly createdAt: number;
  readonly archived: 0 | 1;
}

/** What became of tags that were given. */
interface GivenTags {
  /** As they are spelled, by key. */
  readonly names: readonly string[];
  /** Whether the experiment is archived now. */
  readonly archived: 0 | 1;
}

/** Gives tags to an experiment that has none of them. The same tag twice is one, in its first spelling. */
export async function addTags(
  db: Database,
  tx: Transaction,
  experiment: Tagged,
  tags: readonly string[],
): Promise<GivenTags> {
  const archives = experiment.archived === 0 && tags.some((tag) => tagKey(tag) === ARCHIVED_TAG);
  if (archives) await changeArchived(tx, experiment, 1);
  const archived = archives ? 1 : experiment.archived;
  const known = await knownTags(db, tx, tags.map(tagKey));
  const names = new Map<string, string>();
  const tagIds: number[] = [];
  for (const tag of tags) {
    const key = tagKey(tag);
    if (names.has(key)) continue;
    const row = known.get(key);
    names.set(key, row?.name ?? tagName(tag));
    tagIds.push(row?.id ?? (await tx.first(insertTag, { key, name: tagName(tag) }))?.id ?? 0);
  }
  await linkAll(tx, { ...experiment, archived }, tagIds);
  const keys = [...names.keys()].toSorted();
  return { names: keys.map((key) => names.get(key) ?? key), archived };
}

async function linkAll(tx: Transaction, { id, archived }: Tagged, tagIds: readonly number[]): Promise<void> {
  if (tagIds.length === 0) return;
  await tx.run(linkTags, { tagIds, experimentId: id, archived });
  await countTagUses(tx, tagIds, changeBy(1, archived));
}

/** Takes tags from an experiment that has them, with as many statements for many as for one. */
export async function unlink(
  tx: Transaction,
  experiment: Tagged,
  tags: readonly { id: number; key: string }[],
): Promise<void> {
  const tagIds = tags.map(({ id }) => id);
  await tx.run(unlinkTags, { tagIds, experimentId: experiment.id });
  await countTagUses(tx, tagIds, changeBy(-1, experiment.archived));
  if (tags.some(({ key }) => key === ARCHIVED_TAG)) await changeArchived(tx, experiment, 0);
}

/** Moves an experiment between the live and the archived ones, in all that lists and counts them. */
async function changeArchived(tx: Transaction, experiment: Tagged, archived: 0 | 1): Promise<void> {
  const { id, createdAt } = experiment;
  await tx.run(setArchived, { id, archived });
  await tx.run(setArchivedOfTags, { id, archived });
  await noteForSearch(tx, id);
  const change = archived ? { live: -1, archived: 1 } : { live: 1, archived: -1 };
  await countExperiment(tx, createdAt, change);
  const tags = await tx.all(tagsOfExperiments, { ids: [id] });
  const tagIds = tags.map((tag) => tag.id);
  await countTagUses(tx, tagIds, change);
}
