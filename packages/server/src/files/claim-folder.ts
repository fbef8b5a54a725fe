import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { databaseId } from '../access/database-id.ts';
import { addMetaValue, metaValue } from '../platform/database/meta.queries.ts';
import { markFolder, marksIn } from '../platform/storage/folder-mark.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';
import { doomedPaths, filesBehind } from './file.queries.ts';

/** Under this key in `meta`, once a folder has a mark. */
const MARKED = 'folder_of_experiments_marked';
const LOOK_AGAIN_MS = 5000;
/** The oldest files: later ones may have been shown in another folder while the disk of this one was not there. */
const SAMPLE = 100;

/**
 * Marks the folder of experiments as that of this database: once where there was no mark yet, with its first server or
 * with one of this version, if nothing of others lies there; later, where the mark is missing, if files of the record are
 * there under their names. Never throws.
 */
export async function claimFolder(services: Services, storage: LocalStorage): Promise<void> {
  const { db, log, config } = services;
  const folder = config.experimentsDir;
  try {
    const id = await databaseId(services);
    const isFirst = !(await db.first(metaValue, { key: MARKED }));
    if (!isFirst && (await storage.databases.whyNotShownIn(folder)) === undefined) return;
    const hadServer = (await storage.databases.ids()).has(id);
    // From now on, a folder without its mark is another's.
    await storage.databases.add(id);
    const isNew = !hadServer && (await marksIn(folder)).size === 0;
    const isFree = isFirst && (isNew || (await isEmpty(folder)));
    if (!isFree && !(await hasNames(services))) return;
    await markFolder(folder, id);
    await db.write((tx) => tx.run(addMetaValue, { key: MARKED, value: id }));
  } catch (err) {
    log.error({ err, folder }, 'the folder of experiments could not be looked at');
  }
}

/**
 * Resolves when the folder of experiments is the one that showed the files so far; says so where it is not.
 *
 * @returns false where the signal came first.
 */
export async function waitForFolder(
  services: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = services.config.experimentsDir;
  for (let isFirst = true; ; isFirst = false) {
    const why = await storage.databases.whyNotShownIn(folder);
    if (why === undefined) return true;
    if (isFirst) services.log.error({ folder }, `the folder of experiments ${folder}: ${why}`);
    await sleep(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return false;
    await claimFolder(services, storage);
  }
}

/** But for what is ours. */
async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => name.startsWith('.aqueduct'));
}

/** Whether some of the oldest files are there under their names, or there are none to look for. */
async function hasNames({ db, config }: Services): Promise<boolean> {
  const files = await db.all(filesBehind, { id: 0, limit: SAMPLE });
  if (files.length === 0) return (await db.all(doomedPaths, { behind: '', limit: 1 })).length === 0;
  for (const { eid, readable_name: name } of files) {
    const found = await lstat(join(config.experimentsDir, eid, name)).catch(() => undefined);
    if (found?.isFile()) return true;
  }
  return false;
}
