import { join } from 'node:path';
import { DATABASE_ID } from '../access/database-id.ts';
import type { OpenServices } from '../access/open-services.ts';
import { knownObjects } from '../files/file.queries.ts';
import { partsWithoutUpload } from '../files/resumable/sweep-uploads.ts';
import { YOUNG_MS } from '../files/sweep-objects.ts';
import { metaValue } from '../platform/database/meta.queries.ts';
import type { RunningCheck } from './running-check.ts';
import { whereThere } from './where-there.ts';

const BATCH = 500;
/** The server ends an upload of which hardly anything has come for 40 s. */
const UNFINISHED_MS = 120_000;

/**
 * Looks for bytes that no row refers to. What is young may still get its row; what is doomed has a row that says so.
 *
 * @param now - In milliseconds since 1970; by it they are young.
 * @returns how many objects there are.
 */
export async function checkObjects(check: RunningCheck, now: number): Promise<number> {
  const { storage } = check.installation;
  let count = 0;
  let old: string[] = [];
  for await (const { key, storedAt, isOwn } of whereThere(storage.list())) {
    count += 1;
    if (!isOwn && now - storedAt > YOUNG_MS) old.push(key);
    if (old.length < BATCH) continue;
    await checkBatch(check, old);
    old = [];
  }
  await checkBatch(check, old);
  await checkRest(check, now - UNFINISHED_MS);
  return count;
}

async function checkBatch({ installation, report }: RunningCheck, keys: readonly string[]): Promise<void> {
  const { db, storage, config } = installation;
  const known = new Set((await db.all(knownObjects, { keys })).map((row) => row.object_key));
  const unknown = keys.filter((key) => !known.has(key));
  const isShared = unknown.length > 0 && (await hasOtherDatabases(installation));
  for (const key of unknown) {
    // Asked after its row: what was replaced since it was listed is gone by now.
    const size = await storage.sizeOf(key);
    if (size === undefined) continue;
    report({
      kind: isShared ? 'shared' : 'extra',
      subject: `objects/${key}`,
      path: join(config.dataDir, 'objects', key),
      found: { size },
      text: isShared
        ? 'no file refers to it, but another database has its objects here too.'
        : 'no file refers to it. What a crash left goes with the next start of the server. Else it can be deleted, if this ' +
          'is the newest state of the database and no old copy.',
    });
  }
}

/** Then objects that this database does not know may be another's. */
export async function hasOtherDatabases({ db, storage }: OpenServices): Promise<boolean> {
  const ids = await storage.databases.ids();
  const own = await db.first(metaValue, { key: DATABASE_ID });
  if (own) ids.delete(own.value);
  return ids.size > 0;
}

/** What is no object at all. */
async function checkRest({ installation, report }: RunningCheck, unfinishedBefore: number): Promise<void> {
  const { storage, config } = installation;
  for await (const path of whereThere(storage.strangers())) {
    const text = 'somebody put it among the objects. It is left alone.';
    report({ kind: 'by-hand', subject: path, path, text });
  }
  const reportLeftover = (path: string) => {
    const text = 'bytes of an unfinished upload. The next start of the server removes them.';
    report({ kind: 'leftover', subject: path, path, text });
  };
  const copies = storage.leftCopies(config.experimentsDir, unfinishedBefore);
  for (const leftovers of [storage.leftovers(unfinishedBefore), copies]) {
    for await (const path of whereThere(leftovers)) reportLeftover(path);
  }
  for await (const { path } of whereThere(unfinishedParts(installation, unfinishedBefore)))
    reportLeftover(path);
}

async function* unfinishedParts(installation: OpenServices, unfinishedBefore: number) {
  yield* await partsWithoutUpload(installation, unfinishedBefore);
}
