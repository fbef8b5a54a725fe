import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';
import { doomedPaths, filesBehind, knownObjects, metaValue, setMetaValue } from './file.queries.ts';
import { makeReadable } from './readable-folders.ts';

/** What another process writes beside us is younger than this, between its bytes and its row. */
const YOUNG_MS = 20_000;
const SECOND_LOOK_MS = 30_000;
const BATCH = 500;
const SWEPT = 'objects_swept_through';

/**
 * Finishes what a crash left: removes half-written bytes and bytes without a row, and makes the readable folders
 * right. Runs beside the requests; what Aqueduct did not write stays.
 */
export async function recoverFiles(
  services: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<void> {
  await finishRemovals(services, signal);
  const since = (await services.db.first(metaValue, { key: SWEPT }))?.value ?? '';
  let removed = await sweep(services, storage, since);
  await showAll(services, signal);
  if (!signal.aborted) {
    await sleep(SECOND_LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) removed += await sweep(services, storage, since);
  }
  if (signal.aborted) return;
  // Bytes without a row come from days on which a server ran: earlier days need no second look at the next start.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  await services.db.write((tx) => tx.run(setMetaValue, { key: SWEPT, value: yesterday }));
  if (removed > 0) services.log.info({ removed }, 'bytes of unfinished uploads were removed');
}

async function finishRemovals(services: Services, signal: AbortSignal): Promise<void> {
  let before = '';
  while (!signal.aborted) {
    const paths = (await services.db.all(doomedPaths, { limit: BATCH })).map((row) => row.readable_path);
    // The same again: something keeps them from going, which the log says.
    if (paths.length === 0 || paths.join() === before) return;
    before = paths.join();
    for (const path of paths) await makeReadable(services, path);
    // Rows are forgotten behind the answer; let that commit pass.
    await services.db.write(async () => undefined);
  }
}

async function sweep({ db }: Services, storage: LocalStorage, since: string): Promise<number> {
  let removed = await storage.removeLeftovers(YOUNG_MS);
  const check = async (keys: readonly string[]) => {
    const known = new Set((await db.all(knownObjects, { keys })).map((row) => row.object_key));
    for (const key of keys.filter((candidate) => !known.has(candidate))) {
      await storage.remove(key);
      removed += 1;
    }
  };
  const keys: string[] = [];
  for await (const { key, storedAt } of storage.list({ since })) {
    if (Date.now() - storedAt < YOUNG_MS) continue;
    keys.push(key);
    if (keys.length === BATCH) await check(keys.splice(0));
  }
  await check(keys);
  return removed;
}

async function showAll(services: Services, signal: AbortSignal): Promise<void> {
  const { readable } = services.storage;
  if (!readable) return;
  for (let id = 0; !signal.aborted; ) {
    const files = await services.db.slow.all(filesBehind, { id, limit: BATCH });
    const last = files.at(-1);
    if (!last) return;
    for (const file of files) {
      const path = `${file.eid}/${file.readable_name}`;
      if (!(await readable.shows(join(services.config.experimentsDir, path), file.object_key))) {
        await makeReadable(services, path);
      }
    }
    id = last.id;
    // Requests come first.
    await sleep(5);
  }
}
