import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { codeOf } from '../../platform/storage/code-of.ts';
import { thisMachine } from './machine.ts';
import { syncPath, syncTree } from './sync-tree.ts';

/** Written into an environment when all else is done: what has it is whole. */
export interface Marker {
  /** Hash of what the environment was made for. */
  readonly madeFor: string;
  /** Its own path without links, where it works at no other: that of Python, which is all over it. */
  readonly place?: string;
  /** See {@link thisMachine}; absent in those that were made before it was noted. */
  readonly machine?: string;
  /** `Python 3.11.7`, as it was when the environment was made. */
  readonly interpreter: string;
  /** `name==version`, sorted. */
  readonly packages: readonly string[];
}

/** Name of the file. */
export const MARKER = 'aqueduct-environment.json';

/**
 * Undefined where the environment is not whole.
 *
 * @throws AqueductError when that can't be told now: what is not whole is removed, and tasks may run in what is
 */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as Marker;
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError(
      'UNAVAILABLE',
      `Whether the environment ${folder} is whole can't be told: ${reason}. It was left as it is; run the action again.`,
      { cause: error },
    );
  }
}

/** Whether what is compiled in an environment runs here: folders are copied, and shared by servers. */
export function isOfThisMachine({ machine }: Marker): boolean {
  return machine === undefined || machine === thisMachine();
}

/** Says that an environment is whole, also after a power cut. */
export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  await syncTree(folder);
  const path = join(folder, MARKER);
  await writeFile(`${path}.new`, JSON.stringify(marker, null, 2), { flush: true });
  await rename(`${path}.new`, path);
  await syncPath(folder);
}

/** Notes that a task begins in an environment. */
export async function noteUse(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, MARKER), now, now).catch(() => undefined);
}
