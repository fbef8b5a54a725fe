import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../access/context.ts';
import type { Database, Transaction } from '../platform/database/database.ts';
import { inParallel } from '../platform/in-parallel.ts';
import type { ReadableObjects } from '../platform/storage/storage.ts';
import { forgetDoomed, isCurrent, objectsAt } from './file.queries.ts';
import { foldName, shownNames } from './readable-name.ts';
import { forgetNames, redoNames } from './redo-names.ts';

type Needs = Pick<Services, 'db' | 'storage' | 'config' | 'log'>;

/** Names that are made right at one time. */
const AT_ONCE = 8;
/**
 * Whoever changed many files, or one that is copied, is answered after this: the old client waits 0.5 s. The rest goes on
 * behind.
 */
const MOST_WAIT_MS = 150;

const running = new WeakMap<Database, Map<string, Promise<void>>>();
/** What is to be made right after each transaction: its caller waits once for all, not once for each experiment. */
const changed = new WeakMap<Transaction, string[]>();

/**
 * Makes one name in the readable folders show what the record says: the current version, or nothing. One after the
 * other for each path, and always after the commit. The bytes of older versions are removed behind that. Never throws:
 * the file is stored and served all the same, and the folder is made right as soon as that is possible again.
 *
 * @param path - `EID/name`.
 * @param fresh - The key of the version, where the commit was the first of a file of this name.
 */
export function makeReadable(needs: Needs, path: string, fresh?: string): Promise<void> {
  const { shown, done } = begin(needs, path, fresh);
  done.catch((err: unknown) => {
    needs.log.error({ err, path }, 'the readable folder could not be updated; another try follows');
    redo(needs, [path]);
  });
  return shown.then(
    () => undefined,
    () => undefined,
  );
}

/** Has names made right after a commit. One that was in doubt may have happened: then, too, in a while. */
export function showAfterCommit(
  needs: Needs,
  tx: Transaction,
  paths: readonly string[],
  fresh?: string,
): void {
  const known = changed.get(tx);
  if (known) {
    for (const path of paths) known.push(path);
    return;
  }
  const all = [...paths];
  changed.set(tx, all);
  tx.afterCommit(() => makeAllReadable(needs, all, fresh));
  tx.afterRollback(() => redo(needs, all));
}

function redo(needs: Needs, paths: readonly string[]): void {
  redoNames(needs, paths, (path) => begin(needs, path).done);
}

/** Makes a name right: `shown` resolves when it is, `done` when the bytes of older versions are gone, too. */
function begin(needs: Needs, path: string, fresh?: string): Record<'shown' | 'done', Promise<unknown>> {
  const paths = runningOf(needs.db);
  const shown = (paths.get(path) ?? Promise.resolve()).then(() =>
    fresh === undefined ? project(needs, path) : addFresh(needs, path, fresh),
  );
  const done = shown.then((doomed) => removeDoomed(needs, path, doomed));
  const settled = done
    .catch(() => undefined)
    .finally(() => {
      if (paths.get(path) === settled) paths.delete(path);
    });
  paths.set(path, settled);
  return { shown, done };
}

/** The same, until the bytes of older versions are gone, too. */
export async function finishRemoval(needs: Needs, path: string): Promise<void> {
  await makeReadable(needs, path);
  await runningOf(needs.db).get(path);
}

/** The same for one name or many. Resolves after a moment, done or not, but for one that has only to be linked. */
async function makeAllReadable(needs: Needs, paths: readonly string[], fresh?: string): Promise<void> {
  const [first] = paths;
  const isOne = first !== undefined && paths.length === 1;
  const all = isOne
    ? makeReadable(needs, first, fresh)
    : inParallel(paths, AT_ONCE, (path) => makeReadable(needs, path));
  const moment = Promise.withResolvers<void>();
  const timer = setTimeout(moment.resolve, MOST_WAIT_MS).unref();
  await Promise.race([all, moment.promise]);
  clearTimeout(timer);
  // Whether it is copied is known by now: also of the first one since the start.
  if (isOne && !needs.storage.readable?.copies) await all;
}

/** Resolves when no name of this database is being made right, and no bytes are being removed. */
export async function readableFoldersAtRest(db: Database): Promise<void> {
  forgetNames(db);
  const paths = runningOf(db);
  while (paths.size > 0) await Promise.all(paths.values());
}

/** Most uploads bring a new name to a free place. */
async function addFresh(needs: Needs, path: string, fresh: string): Promise<readonly string[]> {
  const { db, storage, config } = needs;
  const place = join(config.experimentsDir, path);
  // Where the file was replaced or deleted since, its bytes may be gone.
  const isAdded = await storage.readable?.add(fresh, place).catch(() => false);
  if (!isAdded) return project(needs, path);
  if (await db.first(isCurrent, { key: fresh })) return [];
  // Another server may have looked at the name before it was there.
  await storage.readable?.remember(fresh, place);
  return project(needs, path, [fresh]);
}

/**
 * Gives the keys of versions that nothing shows any more. Another server may be at the same name, for a later commit: so
 * what was shown is compared with the record again, and each has the last word on what it did itself.
 *
 * @param shown - Keys of versions that this server has shown, and that may have gone since.
 */
async function project(
  needs: Needs,
  path: string,
  shown: readonly string[] = [],
): Promise<readonly string[]> {
  const { db, storage } = needs;
  const { current, doomed } = await objectsOf(db, path);
  if (!storage.readable) return doomed;
  const isStill = async () => (await objectsOf(db, path)).current === current;
  const showing = showIn(needs, path, { current, older: [...doomed, ...shown], isStill });
  // Where it failed because the bytes have gone, another version is the current one.
  await showing.catch(() => undefined);
  if (!(await isStill())) return project(needs, path, current === undefined ? shown : [...shown, current]);
  await showing;
  return doomed;
}

async function showIn({ storage, config }: Needs, path: string, version: Version): Promise<void> {
  const { eid, readableName } = split(path);
  // Of an upload that never became a file.
  if (readableName === '') return;
  const folder = join(config.experimentsDir, eid);
  const places = shownNames(readableName).map((name) => join(folder, name));
  if (storage.readable) await show(storage.readable, places, version);
  // Only where it is empty.
  if (version.current === undefined) await rmdir(folder).catch(() => undefined);
}

/** What is to be shown under a name. */
interface Version {
  readonly current: string | undefined;
  /** Versions in whose place it may come. */
  readonly older: readonly string[];
  /** Whether it still is the current one. */
  readonly isStill: () => Promise<boolean>;
}

/**
 * By the bytes and the record of an older version, its name is known as ours. So these go when the name has gone for
 * good: after a power cut it would look like somebody's own file.
 */
async function removeDoomed(
  { db, storage, config }: Needs,
  path: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await storage.readable?.settle(join(config.experimentsDir, split(path).eid));
  for (const key of keys) await storage.remove(key);
  await db.write((tx) => tx.run(forgetDoomed, { keys }));
}

/**
 * Shows an object at the first of these places that is free or ours, and at no other. What people put there themselves
 * stays.
 */
async function show(
  readable: ReadableObjects,
  places: readonly string[],
  { current, older, isStill }: Version,
): Promise<void> {
  let isShown = false;
  for (const [i, place] of places.entries()) {
    if (current === undefined || isShown) {
      await readable.remove(place, current === undefined ? older : [current, ...older]);
      continue;
    }
    // What has the place may be a later version, which another server has put there.
    if (i > 0 && !(await isStill())) return;
    isShown = await showAt(readable, place, current, older);
  }
}

/** Shows an object at one place, where that is free or ours. */
async function showAt(
  readable: ReadableObjects,
  place: string,
  current: string,
  older: readonly string[],
): Promise<boolean> {
  // First of all: by its time alone, a copy of an older version may pass for one of this.
  let isPlaced = await readable.replace(current, place, older);
  // Not remembered as ours: where times tell little, it may be somebody's own.
  if (!isPlaced && (await readable.shows(place, current))) return true;
  // And once more where one came to the free place meanwhile.
  isPlaced ||= (await readable.add(current, place)) || (await readable.replace(current, place, older));
  if (isPlaced) await readable.remember(current, place);
  return isPlaced;
}

async function objectsOf(db: Database, path: string) {
  const { eid, readableName } = split(path);
  const foldedName = foldName(readableName);
  const rows = await db.all(objectsAt, { path, eid, readableName, foldedName });
  return {
    current: rows.find((row) => row.is_current)?.object_key,
    doomed: rows.filter((row) => !row.is_current).map((row) => row.object_key),
  };
}

function split(path: string): { eid: string; readableName: string } {
  const [eid = '', readableName = ''] = path.split('/');
  return { eid, readableName };
}

function runningOf(db: Database): Map<string, Promise<void>> {
  let paths = running.get(db);
  if (!paths) running.set(db, (paths = new Map()));
  return paths;
}
