import { createContext, type Services } from '../access/context.ts';
import { singleUserAsItIs } from '../access/single-user.ts';
import { insertExperiment } from '../experiments/experiment.queries.ts';
import { changeBy, countExperimentsOfDay, countTagUses, dayOf } from '../experiments/experiment-counts.ts';
import { searchText } from '../experiments/experiment-rules.ts';
import { insertTag, linkTags } from '../experiments/tag.queries.ts';
import type { Executor, Transaction } from '../platform/database/database.ts';
import { addMetaValue, metaValue, setMetaValue } from '../platform/database/meta.queries.ts';
import { query } from '../platform/database/query.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { sampleExperiment } from './sample-experiment.ts';
import { addSampleFiles, removeSampleFiles } from './sample-files.ts';

const BATCH = 500;
const WITH_FILES = 1200;
const COUNT_KEY = 'sample_experiments';
/** Up to which of them files were added: what people have deleted since does not come back. */
const FILES_KEY = 'sample_files';
const FILES_BATCH = 100;

const reserveNumbers = query<{ day: string; number: number }>()((db, p) =>
  db
    .insertInto('eid_counter')
    .values({ day: p.day, last_number: p.number })
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ last_number: p.number })),
);

const lastNumberOf = query<{ day: string }>()((db, p) =>
  db.selectFrom('eid_counter').select('last_number').where('day', '=', p.day),
);

/**
 * Fills an installation up to `count` sample experiments, in short transactions beside a running server. The newest of
 * them have files, in however many steps it is filled, and by however many processes; what people have changed or deleted
 * of these stays so.
 *
 * @param report - is told how many there are now.
 * @returns how many there were before.
 * @throws AqueductError where others have experiments of a day that the samples reach.
 */
export async function populate(
  services: Services,
  count: number,
  report: (done: number) => void,
): Promise<number> {
  const viewer = await singleUserAsItIs(services.db, services.clock, services.config.username);
  const tagIds = new Map<string, number>();
  const ctx = createContext(services, viewer);
  const present = await noted(ctx, COUNT_KEY, 0);
  const filled = await noted(ctx, FILES_KEY, present);
  const total = Math.max(present, count);
  const firstWithFiles = Math.max(0, total - WITH_FILES);
  for (let reached = present; reached < count; ) {
    reached = await services.db.write((tx) => insertBatch(tx, count, viewer.uuid, tagIds));
    report(reached);
  }
  for (let first = Math.max(filled, firstWithFiles); first < total; first += FILES_BATCH) {
    const end = Math.min(first + FILES_BATCH, total);
    await addSampleFiles(ctx, first, end);
    await ctx.write(async (tx) => {
      if ((await numberAt(tx, FILES_KEY)) < end)
        await tx.run(setMetaValue, { key: FILES_KEY, value: String(end) });
    });
  }
  // Another one may have made more meanwhile, and removed those of before.
  await removeSampleFiles(ctx, Math.max(0, (await numberAt(services.db, COUNT_KEY)) - WITH_FILES));
  return present;
}

/** A number that is noted, from now on at least. */
async function noted({ db }: Services, key: string, otherwise: number): Promise<number> {
  await db.write((tx) => tx.run(addMetaValue, { key, value: String(otherwise) }));
  return numberAt(db, key);
}

async function numberAt(db: Executor, key: string): Promise<number> {
  return Number((await db.first(metaValue, { key }))?.value);
}

/** Goes on from where another populate, which may be at work too, has come to; gives where that is then. */
async function insertBatch(
  tx: Transaction,
  count: number,
  author: string,
  tagIds: Map<string, number>,
): Promise<number> {
  const first = await numberAt(tx, COUNT_KEY);
  if (first >= count) return first;
  const last = Math.min(first + BATCH, count);
  const byDay = new Map<number, { live: number; archived: number }>();
  const byTag = new Map<number, { live: number; archived: number }>();
  for (let i = first; i < last; i += 1) {
    const { uuid, eid, title, description, createdAt, archived, tags, day, number } = sampleExperiment(i);
    if (i === first || number === 1) await requireFree(tx, eid, day, number);
    const made = await tx.run(insertExperiment, {
      id: createdAt,
      uuid,
      eid,
      title,
      description,
      searchText: searchText(title, eid),
      createdAt,
      updatedAt: createdAt,
      createdBy: author,
      archived,
    });
    if (made === 0) throw taken(eid);
    await noteForSearch(tx, createdAt);
    if (i === last - 1 || number === 500) await tx.run(reserveNumbers, { day, number });
    add(byDay, dayOf(createdAt), archived);
    const given: number[] = [];
    for (const tag of tags) {
      const tagId = tagIds.get(tag) ?? (await tx.first(insertTag, { key: tag, name: tag }))?.id ?? 0;
      tagIds.set(tag, tagId);
      given.push(tagId);
      add(byTag, tagId, archived);
    }
    await tx.run(linkTags, { tagIds: given, archived, experimentId: createdAt });
  }
  for (const [day, change] of byDay) await countExperimentsOfDay(tx, day, change);
  for (const [tagId, change] of byTag) await countTagUses(tx, [tagId], change);
  await tx.run(setMetaValue, { key: COUNT_KEY, value: String(last) });
  await tx.appendEvent('installation.filled', String(last));
  return last;
}

/** The EIDs of a day belong to whoever was given the first of them, also where that experiment is gone: none comes back. */
async function requireFree(tx: Transaction, eid: string, day: string, number: number): Promise<void> {
  const last = (await tx.first(lastNumberOf, { day }))?.last_number ?? 0;
  if (last >= number) throw taken(eid);
}

function taken(eid: string): AqueductError {
  return new AqueductError(
    'CONFLICT',
    `No sample experiment ${eid} can be made: this installation has experiments of that day that are no samples. ` +
      'Nothing of them was changed. Fill another installation: give --data-dir, or --database-url.',
  );
}

function add(counts: Map<number, { live: number; archived: number }>, key: number, archived: 0 | 1): void {
  const change = changeBy(1, archived);
  const before = counts.get(key) ?? { live: 0, archived: 0 };
  counts.set(key, { live: before.live + change.live, archived: before.archived + change.archived });
}
