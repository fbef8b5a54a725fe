import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from './lines-of.ts';

/**
 * Names the databases whose files a folder of experiments shows, one a line. The empty folder that is left where a disk is
 * not mounted has no such file: what is not seen there must not count as gone.
 */
export const FOLDER_MARK = '.aqueduct-folder';

/** Notes in a folder of experiments that it shows the files of a database. */
export async function markFolder(folder: string, databaseId: string): Promise<void> {
  await appendFile(join(folder, FOLDER_MARK), `${databaseId}\n`, { flush: true });
}

/** Why a folder of experiments is not one that shows the files of these databases, where they have one already. */
export async function whyNotMarked(
  folder: string,
  databases: ReadonlySet<string>,
): Promise<string | undefined> {
  const [id] = databases;
  if (id === undefined || !databases.isDisjointFrom(await linesOf(join(folder, FOLDER_MARK))))
    return undefined;
  return (
    'it is not the folder that showed the files so far, or its disk is not there. Nothing is shown, removed or taken in ' +
    'there. Mount the disk, or say with --experiments-dir where the folder is. If this one is to take its place, put the ' +
    `line ${id} into the file ${join(folder, FOLDER_MARK)}.`
  );
}
