import { lstat, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Services } from '../access/context.ts';
import type { ReadableObjects } from '../platform/storage/storage.ts';
import { doomedAt, fileByReadablePath, forgetDoomed } from './file.queries.ts';
import { encodedName } from './readable-name.ts';

type Needs = Pick<Services, 'db' | 'storage' | 'config' | 'log'>;

const running = new Map<string, Promise<void>>();

/**
 * Makes one name in the readable folders show what the record says: the current version, or nothing. Then the bytes
 * of older versions are removed. One after the other for each path, and always after the commit.
 *
 * @param path - `EID/name`.
 */
export function makeReadable(needs: Needs, path: string): Promise<void> {
  const done = (running.get(path) ?? Promise.resolve()).then(() => project(needs, path));
  running.set(path, done);
  return done.finally(() => {
    if (running.get(path) === done) running.delete(path);
  });
}

async function project({ db, storage, config, log }: Needs, path: string): Promise<void> {
  const [eid = '', readableName = ''] = path.split('/');
  try {
    const file = await db.first(fileByReadablePath, { eid, readableName });
    const doomed = (await db.all(doomedAt, { path })).map((row) => row.object_key);
    if (storage.readable) {
      const places = [path, `${eid}/${encodedName(readableName)}`].map((place) =>
        join(config.experimentsDir, place),
      );
      await show(storage.readable, places, file?.object_key, doomed);
      if (!file) await rmdir(dirname(places[0] ?? '')).catch(() => undefined);
    }
    for (const key of doomed) await storage.remove(key);
    // Not waited for: a row that stays behind is finished at the next start.
    if (doomed.length > 0) {
      db.write((tx) => tx.run(forgetDoomed, { keys: doomed })).catch((err: unknown) =>
        log.warn({ err }, 'clean-up'),
      );
    }
  } catch (err) {
    // The file is stored and served all the same; the next start makes the folder right.
    log.error({ err, path }, 'the readable folder could not be updated');
  }
}

/** Shows an object at the first of these places that is free or ours. What people put there themselves stays. */
async function show(
  readable: ReadableObjects,
  places: readonly string[],
  current: string | undefined,
  older: readonly string[],
): Promise<void> {
  let isShown = false;
  for (const place of places) {
    if (current !== undefined && !isShown) {
      if (await readable.shows(place, current)) isShown = true;
      else if ((await isFree(place)) || (await showsAny(readable, place, older))) {
        await readable.publish(current, place);
        isShown = true;
      }
    } else if (await showsAny(readable, place, older)) await rm(place, { force: true });
  }
}

async function showsAny(readable: ReadableObjects, place: string, keys: readonly string[]): Promise<boolean> {
  for (const key of keys) if (await readable.shows(place, key)) return true;
  return false;
}

async function isFree(place: string): Promise<boolean> {
  return lstat(place).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
  );
}
