import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { databaseId } from '../access/database-id.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { isPassing } from '../platform/errors/as-aqueduct-error.ts';
import { inParallel } from '../platform/in-parallel.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';
import { claimFolder, waitForFolder } from './claim-folder.ts';
import { clearMovedNames } from './clear-moved-names.ts';
import { doomedPaths, filesBehind, isCurrent } from './file.queries.ts';
import { compareLastChange, followLastChange } from './last-change.ts';
import { finishRemoval, makeReadable } from './readable-folders.ts';
import { markSwept, sweepObjects } from './sweep-objects.ts';
import { waitForObjects } from './wait-for-objects.ts';

/** The first look leaves alone what may still get its row; by the second that would be old. */
const SECOND_LOOK_MS = 30_000;
/** What the database or a disk kept from being done is tried again so soon, then ever more seldom. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const BATCH = 500;
const AT_ONCE = 4;

/**
 * Finishes what a crash left: removes half-written bytes and bytes without a row, makes the readable folders right, and
 * reports rows whose bytes are missing. Runs beside the requests; what Aqueduct did not write stays. Then notes the last
 * change of the database, now and then, until the signal comes.
 */
export async function recoverFiles(
  services: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<void> {
  // It may have gone away since it was opened, and in a folder that nobody has claimed nothing is shown.
  await untilDone(services, storage, signal, async () => void (await databaseId(services)));
  // Before the sweep, which notes that this database had a server.
  await claimFolder(services, storage);
  const isThere = waitForObjects(services, storage, signal);
  await allEnded([
    sweepAndFollow(services, storage, isThere, signal),
    isThere.then(async (is) => {
      if (is) await untilDone(services, storage, signal, () => makeFoldersRight(services, storage, signal));
    }),
  ]);
}

async function sweepAndFollow(
  services: Services,
  storage: LocalStorage,
  isThere: Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  // Before the changes of this start take the place of what was noted. Where it can't be told, nothing is swept.
  await untilDone(services, storage, signal, () => compareLastChange(services));
  const swept = isThere.then(async (is) => {
    if (is) await untilDone(services, storage, signal, () => sweepTwice(services, storage, signal));
  });
  await allEnded([untilDone(services, storage, signal, () => followLastChange(services, signal)), swept]);
}

async function makeFoldersRight(
  services: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<void> {
  if (!(await waitForFolder(services, storage, signal))) return;
  await allEnded([finishRemovals(services, signal), showAll(services, storage, signal)]);
}

async function sweepTwice(services: Services, storage: LocalStorage, signal: AbortSignal): Promise<void> {
  let removed = await sweepObjects(services, storage, signal);
  await sleep(SECOND_LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
  if (!signal.aborted) {
    removed += await sweepObjects(services, storage, signal);
    await markSwept(services);
  }
  if (removed > 0) services.log.info({ removed }, 'bytes of unfinished uploads were removed');
}

async function finishRemovals(services: Services, signal: AbortSignal): Promise<void> {
  for (let behind = ''; !signal.aborted; ) {
    const rows = await services.db.all(doomedPaths, { behind, limit: BATCH });
    const last = rows.at(-1);
    if (!last) return;
    // Those that something keeps from going are told of in the log, and tried again.
    await inParallel(rows, AT_ONCE, ({ readable_path: path }) => finishRemoval(services, path));
    behind = last.readable_path;
  }
}

async function showAll(services: Services, storage: LocalStorage, signal: AbortSignal): Promise<void> {
  await clearMovedNames(services);
  for (let id = 0; !signal.aborted; ) {
    const files = await services.db.all(filesBehind, { id, limit: BATCH });
    const last = files.at(-1);
    if (!last) return;
    await inParallel(files, AT_ONCE, async (file) => {
      if (signal.aborted) return;
      // A disk may be bad in one place, or away.
      await showOne(services, storage, file).catch(async (err: unknown) => {
        if ((await storage.whyNotThere()) !== undefined) throw err;
        const { eid, name } = file;
        services.log.error({ err, eid, name }, 'the bytes of a file could not be looked at');
      });
    });
    id = last.id;
    // Requests come first.
    await sleep(5);
  }
}

async function showOne(
  services: Services,
  disk: LocalStorage,
  file: { eid: string; name: string; readable_name: string; object_key: string },
): Promise<void> {
  const { db, storage, config, log } = services;
  const path = `${file.eid}/${file.readable_name}`;
  if (await storage.readable?.shows(join(config.experimentsDir, path), file.object_key)) return;
  if ((await storage.sizeOf(file.object_key)) === undefined) {
    const { eid, name, object_key: key } = file;
    // Replaced or deleted since its row was read.
    if (!(await db.first(isCurrent, { key }))) return;
    const why = await disk.whyNotThere();
    if (why !== undefined) throw new AqueductError('UNAVAILABLE', `The folder of objects: ${why}.`);
    log.error({ eid, name, key }, 'the bytes of a file are missing; its record is kept');
  } else if (storage.readable) await makeReadable(services, path);
}

/** Does again, from its beginning, what fails while the database or a disk is away. No more after the signal. */
async function untilDone(
  { log }: Pick<Services, 'log'>,
  storage: LocalStorage,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (err) {
      const mayPass = isPassing(err) || (await storage.whyNotThere()) !== undefined;
      if (signal.aborted || !mayPass) throw err;
      log.warn({ err }, 'what an earlier start has left waits for the database or a disk');
    }
    await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

/** Resolves when all have ended, however; fails as the first of them that failed. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) if (end.status === 'rejected') throw end.reason;
}
