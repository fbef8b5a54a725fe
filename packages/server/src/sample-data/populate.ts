import { Readable } from 'node:stream';
import { type Context, createContext, type Services } from '../access/context.ts';
import { singleUser } from '../access/single-user.ts';
import { insertExperiment } from '../experiments/experiment.queries.ts';
import { changeBy, countTagUses, dayOf } from '../experiments/experiment-counts.ts';
import { searchText } from '../experiments/experiment-rules.ts';
import { addToCounts, insertTag, linkTags } from '../experiments/tag.queries.ts';
import { metaValue, setMetaValue } from '../files/file.queries.ts';
import { uploadFile } from '../files/upload-file.ts';
import type { Transaction } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { sampleExperiment } from './sample-experiment.ts';

const BATCH = 500;
const WITH_FILES = 1200;
/** Uploads of one moment share their syncs. */
const AT_ONCE = 16;
const COUNT_KEY = 'sample_experiments';

const reserveNumbers = query<{ day: string; number: number }>()((db, p) =>
  db
    .insertInto('eid_counter')
    .values({ day: p.day, last_number: p.number })
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ last_number: p.number })),
);

/**
 * Fills an installation up to `count` sample experiments, in short transactions beside a running server.
 *
 * @param report - is told how many there are now.
 */
export async function populate(
  services: Services,
  count: number,
  report: (done: number) => void,
): Promise<void> {
  const viewer = await singleUser(services.db, services.clock, services.config.username);
  const known = await services.db.first(metaValue, { key: COUNT_KEY });
  const tagIds = new Map<string, number>();
  const present = Number(known?.value ?? 0);
  for (let first = present; first < count; first += BATCH) {
    const last = Math.min(first + BATCH, count);
    await services.db.write((tx) => insertBatch(tx, first, last, viewer.uuid, tagIds));
    report(last);
  }
  const ctx = createContext(services, viewer);
  for (let first = Math.max(present, count - WITH_FILES); first < count; first += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, i) =>
      addFiles(ctx, first + i),
    );
    await Promise.all(group);
  }
}

async function addFiles(ctx: Context, i: number): Promise<void> {
  const { uuid } = sampleExperiment(i);
  for (const [name, text] of sampleFiles(i)) {
    const object = await ctx.storage.put(Readable.from([Buffer.from(text)]));
    await uploadFile(ctx, { uuid, name, object });
  }
}

async function insertBatch(
  tx: Transaction,
  first: number,
  last: number,
  author: string,
  tagIds: Map<string, number>,
) {
  const byDay = new Map<number, { live: number; archived: number }>();
  const byTag = new Map<number, { live: number; archived: number }>();
  for (let i = first; i < last; i += 1) {
    const { uuid, eid, title, description, createdAt, archived, tags, day, number } = sampleExperiment(i);
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
    if (made === 0) throw new Error(`Another experiment has the id ${createdAt} of sample ${i}.`);
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
    await tx.all(linkTags, { tagIds: given, archived, experimentId: createdAt });
  }
  for (const [day, change] of byDay) await tx.run(addToCounts, { day, ...change });
  for (const [tagId, change] of byTag) await countTagUses(tx, [tagId], change);
  await tx.run(setMetaValue, { key: COUNT_KEY, value: String(last) });
  await tx.appendEvent('installation.filled', String(last));
}

function add(counts: Map<number, { live: number; archived: number }>, key: number, archived: 0 | 1): void {
  const change = changeBy(1, archived);
  const before = counts.get(key) ?? { live: 0, archived: 0 };
  counts.set(key, { live: before.live + change.live, archived: before.archived + change.archived });
}

function sampleFiles(i: number): [string, string][] {
  const rows = Array.from(
    { length: 40 },
    (_, t) => `${t},${(0.5 + 0.5 * Math.cos(t / (3 + (i % 7)))).toFixed(4)}`,
  );
  return [
    ['data.csv', `time_us,population\n${rows.join('\n')}\n`],
    [
      'parameters.json',
      `${JSON.stringify({ qubit: i % 50, power_dbm: (i % 31) - 40, averages: ((i % 9) + 1) * 1000 }, null, 2)}\n`,
    ],
  ];
}
