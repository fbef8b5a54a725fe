import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Services } from '../access/context.ts';
import { databaseId } from '../access/database-id.ts';
import { metaValue, setMetaValue } from '../platform/database/meta.queries.ts';
import { knownHomeId } from '../platform/home-id.ts';
import { workersOfOthers } from '../platform/queue/workers-of-others.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';
import { discardOne } from './discard-object.ts';
import { knownObjects } from './file.queries.ts';
import { foreignBefore } from './last-change.ts';
import { sweepParts } from './resumable/sweep-uploads.ts';
import { markOf, marksOfRunningAdoption } from './running-adoption.ts';

/** What another process writes beside us is younger than this, between its bytes and its row. */
export const YOUNG_MS = 20_000;
const BATCH = 500;
/** A crash leaves a few objects without a row. So many of them mean something else: an old database was put back. */
const MOST_UNKNOWN = 1000;
const SWEPT = 'objects_swept_through';

/** Which bytes may be what a crash left. */
interface Sweep {
  /** Until when they were written, in milliseconds since 1970: who did it later may be about to record them. */
  readonly until: number;
  /** Behind which moment they were written: what is older may be of another state of the database. */
  readonly behind: number;
  /** What the names of those begin with that others store: other servers, and an adoption, at work or suspended. */
  readonly marks: ReadonlySet<string>;
}

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
  const { config, log } = services;
  // Before it is asked who is at work: whatever another stores that begins later is young.
  const until = Date.now() - YOUNG_MS;
  const sweep = await withMarks(services, { until, behind: await foreignBefore(services) });
  if (!sweep) return 0;
  let removed = 0;
  for (const leftovers of [storage.leftovers(until), storage.leftCopies(config.experimentsDir, until)]) {
    for await (const path of leftovers) {
      if (sweep.marks.has(markOf(basename(path)))) continue;
      if (await discardOne(services, path, () => rm(path, { force: true }))) removed += 1;
    }
  }
  if (!(await storage.databases.add(await databaseId(services)))) {
    log.debug('objects without a row are left alone: this data folder was used with another database too');
    return removed;
  }
  return (
    removed + (await sweepParts(services, sweep)) + (await sweepUnknown(services, storage, sweep, signal))
  );
}

/** Notes that earlier days need no look at the next start: objects without a row come from days with a server. */
export async function markSwept({ db }: Services): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  await db.write((tx) => tx.run(setMetaValue, { key: SWEPT, value: yesterday }));
}

async function withMarks(
  { config, db, log }: Services,
  sweep: Omit<Sweep, 'marks'>,
): Promise<Sweep | undefined> {
  const workers = await workersOfOthers(db, (await knownHomeId(config.dataDir)) ?? '');
  try {
    return { ...sweep, marks: marksOfRunningAdoption(config.dataDir).union(new Set(workers.map(markOf))) };
  } catch (err) {
    log.warn(
      { err },
      'bytes without a row stay for now: adopt.lock does not tell whether an adoption needs them',
    );
    return undefined;
  }
}

async function sweepUnknown(
  services: Services,
  storage: LocalStorage,
  sweep: Sweep,
  signal: AbortSignal,
): Promise<number> {
  const { db, log } = services;
  const since = (await db.first(metaValue, { key: SWEPT }))?.value ?? '';
  const unknown = await findUnknown(services, storage, since, sweep, signal);
  if (unknown.length > MOST_UNKNOWN) {
    log.error(
      { since },
      `more than ${MOST_UNKNOWN} objects have no row in the database, and are left alone: is it an old one?`,
    );
    return 0;
  }
  let removed = 0;
  for (const key of unknown) {
    // To look at all of them took its time, in which it may have got its row. Nobody gives it one while this writes.
    const isGone = await db.write(async (tx) => {
      if (await tx.first(knownObjects, { keys: [key] })) return false;
      return discardOne(services, key, () => storage.remove(key));
    });
    if (isGone) removed += 1;
  }
  return removed;
}

async function findUnknown(
  { db }: Services,
  storage: LocalStorage,
  since: string,
  { until, behind, marks }: Sweep,
  signal: AbortSignal,
): Promise<string[]> {
  const unknown: string[] = [];
  const look = async (keys: readonly string[]) => {
    const known = new Set((await db.all(knownObjects, { keys })).map((row) => row.object_key));
    unknown.push(...keys.filter((key) => !known.has(key)));
  };
  const keys: string[] = [];
  for await (const { key, storedAt, writtenAt, isOwn } of storage.list({ since })) {
    if (signal.aborted) return [];
    // Who stores in this process also cleans up. Its objects must not depend on a clock that may jump.
    if (isOwn || storedAt > until || writtenAt <= behind || marks.has(markOf(basename(key)))) continue;
    keys.push(key);
    if (keys.length === BATCH) await look(keys.splice(0));
    if (unknown.length > MOST_UNKNOWN) break;
  }
  await look(keys);
  return unknown;
}
