import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpenServices } from '../access/open-services.ts';
import { knownObjects } from '../files/file.queries.ts';
import { markOf } from '../files/running-adoption.ts';
import { YOUNG_MS } from '../files/sweep-objects.ts';
import type { AdoptionLock } from './adoption-lock.ts';
import { hasOtherDatabases } from './check-objects.ts';
import { whereThere } from './where-there.ts';

/**
 * Removes what interrupted adoptions have stored and not recorded. What is young may still get its row, where a database
 * goes on with the last commit of a process that is gone: that is left for the next time.
 *
 * @param now - In milliseconds since 1970; by it they are young.
 */
export async function removeInterrupted(
  installation: OpenServices,
  lock: AdoptionLock,
  now: number,
): Promise<void> {
  const { db, storage, config } = installation;
  const { interrupted } = lock;
  // All objects are looked at, so only where there is something to look for.
  if (interrupted.size === 0 || (await hasOtherDatabases(installation))) return;
  for (const temporary of [storage.leftovers(now), storage.leftCopies(config.experimentsDir, now)]) {
    for await (const path of whereThere(temporary))
      if (interrupted.has(markOf(basename(path)))) await rm(path, { force: true });
  }
  const done = new Set(interrupted);
  for await (const { key, storedAt } of whereThere(storage.list())) {
    const mark = markOf(basename(key));
    if (!interrupted.has(mark) || (await db.first(knownObjects, { keys: [key] }))) continue;
    if (now - storedAt > YOUNG_MS) await storage.remove(key);
    else done.delete(mark);
  }
  for (const mark of done) lock.forget(mark);
}
