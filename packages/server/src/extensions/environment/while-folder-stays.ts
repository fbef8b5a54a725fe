import { type BigIntStats, statSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { codeOf } from '../../platform/storage/code-of.ts';
import type { BuildTools } from '../prepare-environment.ts';

/**
 * Does what needs the folder of an extension to stay as it is. In the minutes of a build people rename and remove
 * folders, or clean them; what fails then fails in no words.
 *
 * @throws AqueductError `UNAVAILABLE` where it fails and the folder has gone, or is another one, or something in it has gone
 */
export async function whileFolderStays<Result>(
  folder: string,
  { signal }: BuildTools,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = lookAt(folder);
  try {
    return await work();
  } catch (error) {
    const now = lookAt(folder);
    const isThere = before === 'unknown' || now === 'unknown' || isSame(before, now);
    // pip and npm make their path anew; a folder that is moved back would come to lie in that.
    if (!isThere && before) await rmdir(folder).catch(() => undefined);
    if (signal.aborted || (isThere && codeOf(error) !== 'ENOENT')) throw error;
    const what = isThere
      ? `Something in the folder of this extension, ${folder}, was removed`
      : `The folder of this extension, ${folder}, was renamed, removed or replaced`;
    throw new AqueductError(
      'UNAVAILABLE',
      `${what} while its environment was prepared. Submit the task again once all is there.`,
      { cause: error },
    );
  }
}

/** Undefined where there is none. */
function lookAt(folder: string): BigIntStats | 'unknown' | undefined {
  try {
    return statSync(folder, { bigint: true, throwIfNoEntry: false });
  } catch {
    return 'unknown';
  }
}

function isSame(one: BigIntStats | undefined, other: BigIntStats | undefined): boolean {
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
