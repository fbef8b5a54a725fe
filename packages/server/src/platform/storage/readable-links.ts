import { constants, copyFile, link, lstat, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { codeOf } from './code-of.ts';
import { copyTime } from './copy-time.ts';
import { FolderSync } from './folder-sync.ts';
import { notWritable } from './not-writable.ts';
import { PlacedNames } from './placed-names.ts';
import { howShown, statOf, surelyShows } from './shown-object.ts';
import type { ReadableObjects } from './storage.ts';

/** Codes that say "not by a hard link": another disk, or a disk that has none. */
const UNLINKABLE = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
/** Codes that say that nothing can get this name: something has it, or it is longer than the disk takes. */
const NO_PLACE = new Set(['EEXIST', 'ENAMETOOLONG']);
/**
 * Where copies are made, beside the folders of the experiments: on their disk, and out of sight of their readers. Not
 * `.aqueduct`: that is the data folder where only a folder of experiments is given.
 */
export const STAGING_FOLDER = '.aqueduct-copies';
/** As temporary files are named; those of earlier versions, as their objects. */
const STAGED_COPY = /^[0-9a-f]{12}-\d+$|^[0-9a-f]{32}$/;
/** So often a copy says that somebody is at work on it: a slow disk may sync for longer than what is left over is young. */
const TOUCH_EVERY_MS = 5000;

/**
 * Readable names of local objects: hard links, or copies where links are impossible. A copy carries a time by which it is
 * known as ours; where that tells too little, its bytes are looked at before its name goes.
 *
 * @param pathOf - Where the object of a key lies.
 * @param temporaryName - Gives a free name on the disk of the objects; no other process has such names.
 * @param requireOwn - Throws where a folder of experiments is another one, for want of its disk say.
 */
export function readableLinks(
  pathOf: (key: string) => string,
  temporaryName: () => string,
  requireOwn: (experimentsDir: string) => Promise<void>,
): ReadableObjects {
  const folders = new FolderSync(0);
  const placed = new PlacedNames();
  let copies = false;

  async function showsAny(path: string, keys: readonly string[]): Promise<boolean> {
    if (!(await isThere(path)) || !(await isFolder(dirname(path)))) return false;
    for (const key of keys) {
      if (await surelyShows(path, { key, path: pathOf(key) })) return true;
      if (await placed.isAt(path, key)) return true;
    }
    return false;
  }

  /** And none above it: where these are gone, so is their disk. */
  async function makeFolder(folder: string): Promise<void> {
    await requireOwn(dirname(folder));
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw notWritable(error);
    });
  }

  /** The folder may not be there yet, or go while it is empty, when the last other file of an experiment is deleted. */
  async function inFolder(path: string, place: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await requireFolder(dirname(path));
        return await place();
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' || attempt === 5) throw error;
      }
      await makeFolder(dirname(path));
    }
  }

  async function addCopy(copy: string, path: string): Promise<boolean> {
    try {
      await inFolder(path, () => link(copy, path));
    } catch (error) {
      if (NO_PLACE.has(codeOf(error))) return false;
      if (!UNLINKABLE.has(codeOf(error))) throw error;
      if (await statOf(path)) return false;
      await inFolder(path, () => rename(copy, path));
    }
    return true;
  }

  return {
    get copies() {
      return copies;
    },

    async settle(folder) {
      // Names that were not seen may only be out of sight.
      await requireOwn(dirname(folder));
      try {
        await folders.sync((await lstat(folder)).isDirectory() ? folder : dirname(folder));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
        // It went with its last name.
        await folders.sync(dirname(folder));
      }
    },

    remember: (key, path) => placed.note(path, key),

    async add(key, path) {
      try {
        await inFolder(path, () => link(pathOf(key), path));
        return true;
      } catch (error) {
        if (NO_PLACE.has(codeOf(error))) return false;
        if (!UNLINKABLE.has(codeOf(error))) throw error;
        copies = true;
        return placeCopy(key, path, addCopy);
      }
    },

    async replace(key, path, older) {
      if (!(await showsAny(path, older))) return false;
      const temporary = temporaryName();
      try {
        await link(pathOf(key), temporary);
        await inFolder(path, () => rename(temporary, path));
        // rename() does nothing where both names are the same file already.
        await rm(temporary, { force: true });
        return true;
      } catch (error) {
        await rm(temporary, { force: true });
        if (!UNLINKABLE.has(codeOf(error))) throw error;
        copies = true;
        return placeCopy(key, path, async (copy) => {
          // While it was copied, somebody may have put a file of their own there.
          if (!(await showsAny(path, older))) return false;
          await inFolder(path, () => rename(copy, path));
          return true;
        });
      }
    },

    async remove(path, keys) {
      if (keys.length === 0) return;
      // First of all: of a disk that comes back behind the look, the name would stay for good.
      await requireOwn(dirname(dirname(path)));
      if (await showsAny(path, keys)) await rm(path, { force: true });
    },

    async shows(path, key) {
      const shown = await howShown(path, { key, path: pathOf(key) });
      return shown === 'perhaps' ? 'copy' : shown;
    },
  };

  /** Copies an object to the disk of the readable folders, whole and durable, before the copy gets its name there. */
  async function placeCopy(
    key: string,
    path: string,
    place: (copy: string, path: string) => Promise<boolean>,
  ): Promise<boolean> {
    const object = pathOf(key);
    const staging = join(dirname(dirname(path)), STAGING_FOLDER);
    const copy = join(staging, basename(temporaryName()));
    let touching: NodeJS.Timeout | undefined;
    try {
      await makeFolder(staging);
      await requireFolder(staging);
      await copyFile(object, copy, constants.COPYFILE_EXCL);
      const time = copyTime(key, await lstat(object, { bigint: true }));
      await utimes(copy, time, time);
      touching = setInterval(() => utimes(copy, time, time).catch(() => undefined), TOUCH_EVERY_MS);
      // A copy that a power cut leaves empty would look like somebody's own file ever after.
      const handle = await open(copy, 'r');
      await handle.sync().finally(() => handle.close());
      return await place(copy, path);
    } finally {
      clearInterval(touching);
      await rm(copy, { force: true });
    }
  }
}

/**
 * Whoever may put files into the folder of experiments can also put links to any other folder there: what is written
 * through them would lie, or take the place of files, where only the server may write.
 *
 * @throws what `lstat` throws where there is nothing; an AqueductError where something else has the name of a folder.
 */
async function requireFolder(folder: string): Promise<void> {
  if ((await lstat(folder)).isDirectory()) return;
  throw new AqueductError(
    'UNAVAILABLE',
    `${folder} is no folder, but a link or a file. Nothing is shown there until that is put elsewhere.`,
  );
}

/** @throws the system's error where that can't be told: what is only out of sight must not count as gone. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (!/^(ENOENT|ENOTDIR|ENAMETOOLONG)$/.test(codeOf(error))) throw error;
      return false;
    },
  );
}

async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path))?.isDirectory() ?? false;
}

/**
 * Paths of copies that a crash left unfinished and nobody has touched since a moment (milliseconds since 1970).
 *
 * @param own - What the names of our own begin with, which are none.
 */
export async function* stagedCopies(
  experimentsDir: string,
  untouchedSince: number,
  own: string,
): AsyncIterable<string> {
  const staging = join(experimentsDir, STAGING_FOLDER);
  if (!(await isFolder(staging))) return;
  for (const name of await readdir(staging).catch(() => [])) {
    if (!STAGED_COPY.test(name) || name.startsWith(own)) continue;
    const path = join(staging, name);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isFile() && found.ctimeMs <= untouchedSince) yield path;
  }
}
