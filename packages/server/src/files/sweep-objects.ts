import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Services } from '../access/context.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';
import { addMetaValue, knownObjects, metaValue, setMetaValue } from './file.queries.ts';
import { sweepParts } from './resumable/sweep-uploads.ts';

/** What another process writes beside us is younger than this, between its bytes and its row. */
export const YOUNG_MS = 20_000;
const BATCH = 500;
/** A crash leaves a few objects without a row. So many of them mean something else: an old database was put back. */
const MOST_UNKNOWN = 1000;
const SWEPT = 'objects_swept_through';
/** Under this key in `meta`. */
export const DATABASE_ID = 'database_id';

/**
 * Removes half-written bytes, and objects that no row refers to.
 *
 * @returns how many were removed.
 */
export async function sweepObjects(
  services: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<number> {
  const { db, config, log } = services;
  let removed = 0;
  const young = Date.now() - YOUNG_MS;
  for (const leftovers of [storage.leftovers(young), storage.leftCopies(config.experimentsDir, young)]) {
    for await (const path of leftovers) {
      await rm(path, { force: true });
      removed += 1;
    }
  }
  if (!(await storage.databases.add(await databaseId(services)))) {
    log.debug('objects without a row are left alone: this data folder was used with another database too');
    return removed;
  }
  removed += await sweepParts(services, young);
  const since = (await db.first(metaValue, { key: SWEPT }))?.value ?? '';
  const unknown = await findUnknown(services, storage, since, signal);
  if (unknown.length > MOST_UNKNOWN) {
    log.error(
      { since },
      `more than ${MOST_UNKNOWN} objects have no row in the database, and are left alone: is it an old one?`,
    );
    return removed;
  }
  for (const key of unknown) await storage.remove(key);
  return removed + unknown.length;
}

/** Notes that earlier days need no look at the next start: objects without a row come from days with a server. */
export async function markSwept({ db }: Services): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  await db.write((tx) => tx.run(setMetaValue, { key: SWEPT, value: yesterday }));
}

async function findUnknown(
  { db }: Services,
  storage: LocalStorage,
  since: string,
  signal: AbortSignal,
): Promise<string[]> {
  const unknown: string[] = [];
  const look = async (keys: readonly string[]) => {
    const known = new Set((await db.all(knownObjects, { keys })).map((row) => row.object_key));
    unknown.push(...keys.filter((key) => !known.has(key)));
  };
  const keys: string[] = [];
  for await (const { key, storedAt, isOwn } of storage.list({ since })) {
    if (signal.aborted) return [];
    // Who stores in this process also cleans up. Its objects must not depend on a clock that may jump.
    if (isOwn || Date.now() - storedAt < YOUNG_MS) continue;
    keys.push(key);
    if (keys.length === BATCH) await look(keys.splice(0));
    if (unknown.length > MOST_UNKNOWN) break;
  }
  await look(keys);
  return unknown;
}

/** Tells this database from others that may be used with the same data folder, before or after. */
export async function databaseId({ db }: Services): Promise<string> {
  const known = await db.first(metaValue, { key: DATABASE_ID });
  if (known) return known.value;
  await db.write((tx) => tx.run(addMetaValue, { key: DATABASE_ID, value: randomUUID() }));
  return (await db.first(metaValue, { key: DATABASE_ID }))?.value ?? '';
}
