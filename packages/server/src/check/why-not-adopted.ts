import type { Dirent, StatsBase } from 'node:fs';
import { isFileName } from '@aqueduct/contract';

/** What programs leave behind, or have not finished yet. */
const TEMPORARY =
  /^\.|^~\$|^#.*#$|~$|\.(swp|tmp|part|partial|filepart|crdownload)$|^(thumbs\.db|desktop\.ini)$/i;

type Kind = Pick<Dirent | StatsBase<number>, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/** Why something in a folder of an experiment can't become a file of the record; undefined where it can. */
export function whyNotAdopted(name: string, kind: Kind): string | undefined {
  if (kind.isSymbolicLink())
    return 'it is a symbolic link, and links are not followed. Put the file itself there.';
  if (kind.isDirectory())
    return 'it is a folder, and a record holds files only. Put its files beside it, or pack it.';
  if (!kind.isFile()) return 'it is no file.';
  if (TEMPORARY.test(name))
    return 'by its name it is hidden, temporary or not complete. Rename it if it is none of that.';
  if (!isFileName(name)) return 'its name is not one that a file can have on every system. Rename it.';
  return undefined;
}
