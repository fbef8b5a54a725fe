import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { makeFolder } from '../make-folder.ts';
import { codeOf } from './code-of.ts';
import { moveAmongObjects } from './move-among-objects.ts';
import { isDayOfKeys } from './object-key.ts';

interface Objects {
  readonly dataDir: string;
  /** Where objects lie. */
  readonly folder: string;
  /** Among them: where bytes come in. By it they are known to be there. */
  readonly incoming: string;
  /** Among them: where unfinished uploads lie. */
  readonly parts: string;
  /** Whether this data folder was used with a database before. */
  readonly isUsed: boolean;
  /** Whether the database has files, whose objects must lie somewhere. */
  readonly hasFiles: boolean;
}

/**
 * Makes the folders in which bytes come in, where there are none yet. Not where there must have been some: a mount point
 * whose disk is away is an empty folder, and what was stored there would be out of sight when the disk is back.
 *
 * @throws AqueductError where the folder can't be made.
 */
export async function beginObjects(objects: Objects): Promise<void> {
  const { dataDir, folder, incoming, parts } = objects;
  try {
    if (!(await isThere(incoming)) && !(await mayBegin(objects))) return;
    await makeFolder(incoming);
    await makeFolder(parts);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError(
      'UNAVAILABLE',
      `The folder of objects ${folder} can't be used: ${reason}. Where it is a link or a mount point, its disk must be there.`,
      { cause: error },
    );
  }
  await moveAmongObjects(dataDir, parts);
}

async function mayBegin({ dataDir, folder, isUsed, hasFiles }: Objects): Promise<boolean> {
  // Of an earlier version, which kept beside them what came in.
  if (await hasDays(folder)) return true;
  if (hasFiles) return false;
  return !isUsed || (await isThere(join(dataDir, 'incoming')));
}

async function hasDays(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => ignoreMissing(error, []));
  return names.some(isDayOfKeys);
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    (error: unknown) => ignoreMissing(error, false),
  );
}

function ignoreMissing<Value>(error: unknown, otherwise: Value): Value {
  if (codeOf(error) !== 'ENOENT') throw error;
  return otherwise;
}
