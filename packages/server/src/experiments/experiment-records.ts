import { LRUCache } from 'lru-cache';
import type { Database } from '../platform/database/database.ts';
import { recordsById, tagsOfExperiments } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';

/** Which revision of which experiment. */
export interface RecordKey {
  readonly id: number;
  readonly revision: number;
}

/** UTF-16 units of text that the cache may hold, about 16 MB of memory. */
const MOST_TEXT = 8_000_000;

const caches = new WeakMap<Database, LRUCache<number, Experiment>>();

/**
 * The records of these experiments, in their order; those removed meanwhile are left out. Records are kept by
 * revision, so a change by whatever process is seen at once, and a page costs two queries at the most.
 */
export async function loadRecords(db: Database, keys: readonly RecordKey[]): Promise<Experiment[]> {
  const cache = cacheOf(db);
  const known = keys.map(({ id, revision }) => {
    const record = cache.get(id);
    return record?.revision === revision ? record : undefined;
  });
  const missing = keys.filter((_, i) => !known[i]).map(({ id }) => id);
  if (missing.length === 0) return known as Experiment[];
  const fresh = await readRecords(db, missing);
  for (const record of fresh.values()) cache.set(record.id, record);
  return keys.flatMap(({ id }, i) => known[i] ?? fresh.get(id) ?? []);
}

/** The records of these experiments as they are now. */
async function readRecords(db: Database, ids: readonly number[]): Promise<Map<number, Experiment>> {
  const rows = await db.all(recordsById, { ids });
  const links = await db.all(tagsOfExperiments, { ids });
  const tags = Map.groupBy(links, (link) => link.experiment_id);
  const records = new Map<number, Experiment>();
  for (const row of rows) {
    const sorted = (tags.get(row.id) ?? []).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const record: Experiment = {
      id: row.id,
      uuid: row.uuid,
      eid: row.eid,
      title: row.title,
      description: row.description,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      createdBy: row.username,
      createdByUuid: row.created_by,
      archived: row.archived,
      tags: sorted.map((tag) => tag.name),
      version: row.version,
      revision: row.revision,
    };
    records.set(row.id, record);
  }
  return records;
}

function cacheOf(db: Database): LRUCache<number, Experiment> {
  let cache = caches.get(db);
  if (!cache) {
    cache = new LRUCache({
      maxSize: MOST_TEXT,
      sizeCalculation: ({ title, description, tags }) =>
        300 + title.length + description.length + tags.length * 32,
    });
    caches.set(db, cache);
  }
  return cache;
}
