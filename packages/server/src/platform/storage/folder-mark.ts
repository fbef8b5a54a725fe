import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { codeOf } from './code-of.ts';
import { linesIn } from './lines-of.ts';

/**
 * Names the databases whose files a folder of experiments shows, one a line. The empty folder that is left where a disk is
 * not mounted has no such file: what is not seen there must not count as gone.
 */
export const FOLDER_MARK = '.aqueduct-folder';

/** Notes in a folder of experiments that it shows the files of a database. */
export async function markFolder(folder: string, databaseId: string): Promise<void> {
  await withMark(folder, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, async (file) => {
    // A line that somebody wrote there may have no end.
    const { size } = await file.stat();
    await file.appendFile(`${size > 0 ? '\n' : ''}${databaseId}\n`);
    await file.sync();
  });
}

/** Why a folder of experiments is not one that shows the files of these databases, where they have one already. */
export async function whyNotMarked(
  folder: string,
  databases: ReadonlySet<string>,
): Promise<string | undefined> {
  const [id] = databases;
  if (id === undefined || !databases.isDisjointFrom(await marksIn(folder))) return undefined;
  return (
    'it is not the folder that showed the files so far, or its disk is not there. Nothing is shown, removed or taken in ' +
    'there. Mount the disk, or say with --experiments-dir where the folder is. If this one is to take its place, put the ' +
    `line ${id} into the file ${join(folder, FOLDER_MARK)}.`
  );
}

/** The databases whose files a folder of experiments shows. */
export async function marksIn(folder: string): Promise<Set<string>> {
  try {
    return linesIn(await withMark(folder, constants.O_RDONLY, (file) => file.readFile('utf8')));
  } catch (error) {
    if (error instanceof AqueductError || codeOf(error) === 'ENOENT') return new Set();
    throw error;
  }
}

/**
 * Opens the mark. People may put anything there in its place: a pipe would hold up whoever opens it, and behind a link lies
 * a file of somebody else.
 *
 * @throws AqueductError `UNAVAILABLE` where it is no plain file.
 */
async function withMark<T>(folder: string, flags: number, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const path = join(folder, FOLDER_MARK);
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(path, flags | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    throw ['ELOOP', 'ENXIO', 'EISDIR'].includes(codeOf(error)) ? noFile(path) : error;
  });
  try {
    if (!(await file.stat()).isFile()) throw noFile(path);
    return await use(file);
  } finally {
    await file.close();
  }
}

function noFile(path: string): AqueductError {
  return new AqueductError('UNAVAILABLE', `${path} is a link, or no file. Put it elsewhere.`);
}
