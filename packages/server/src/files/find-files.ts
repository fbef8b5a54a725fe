import { filesPath } from '@aqueduct/contract';
import { LRUCache } from 'lru-cache';
import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import type { Experiment } from '../experiments/experiment.ts';
import type { Database } from '../platform/database/database.ts';
import { filesOfExperiments } from './file.queries.ts';
import type { StoredFile } from './file.ts';

/** A file as the API shows it. */
export interface ListedFile extends StoredFile {
  readonly path: string;
}

interface Listing {
  readonly revision: number;
  readonly files: readonly ListedFile[];
}

const COST_OF_FILE = 15;
/** About 30 MB of memory. */
const MOST_FILES = 60_000;

const NONE: readonly ListedFile[] = [];

const caches = new WeakMap<Database, LRUCache<number, Listing>>();
const readLists = readTogether(readFiles);

/**
 * The files of an experiment, by name. Lists are kept by the revision of their experiment; what is missing for a page
 * is read in one query.
 */
export function findFiles(
  ctx: Context,
  experiment: Experiment,
): readonly ListedFile[] | Promise<readonly ListedFile[]> {
  // Each upload makes a new revision.
  if (experiment.revision === 1) return NONE;
  const known = cacheOf(ctx.db).get(experiment.id);
  if (known?.revision === experiment.revision) return known.files;
  return readLists(ctx, experiment);
}

async function readFiles(
  { db, budget }: Context,
  experiments: readonly Experiment[],
): Promise<(readonly ListedFile[])[]> {
  const ids = experiments.map(({ id }) => id);
  const rows = await db.all(filesOfExperiments, { ids, limit: budget.rowsToRead(COST_OF_FILE) });
  if (!budget.spend(rows.length * COST_OF_FILE)) return experiments.map(() => NONE);
  const byExperiment = Map.groupBy(rows, (row) => row.experiment_id);
  // One experiment may be asked for many times: by each of its tasks.
  const lists = new Map<number, readonly ListedFile[]>();
  return experiments.map(({ id, uuid, revision }) => {
    const read = lists.get(id);
    if (read) return read;
    const files = (byExperiment.get(id) ?? []).map((row) => ({
      name: row.name,
      key: row.object_key,
      size: row.size,
      sha256: row.sha256,
      mediaType: row.media_type,
      createdBy: row.username,
      taskUuid: row.task_uuid,
      modifiedAt: row.modified_at,
      path: filesPath(uuid),
    }));
    lists.set(id, files);
    cacheOf(db).set(id, { revision, files });
    return files;
  });
}

function cacheOf(db: Database): LRUCache<number, Listing> {
  let cache = caches.get(db);
  if (!cache) {
    cache = new LRUCache({ maxSize: MOST_FILES, sizeCalculation: ({ files }) => files.length + 1 });
    caches.set(db, cache);
  }
  return cache;
}
