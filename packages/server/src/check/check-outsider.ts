import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { doomedIn, experimentsByEid } from './check.queries.ts';
import { entryAt, isNotUtf8 } from './folder-entry.ts';
import type { RunningCheck } from './running-check.ts';

const BELONGS_TO_NONE =
  'it lies among the folders of the experiments and belongs to none. Files that are put into the folder of one are ' +
  'taken in by `aqueduct check --adopt`.';
const IS_LINK =
  'a symbolic link in the place of the folder of this experiment, and links are not followed: what people put there is ' +
  'neither seen nor taken in. Put the folder itself there, or mount its disk there.';

/** Reports what lies among the folders of experiments and is none of them. It is left alone. */
export async function checkOutsider({ installation, report }: RunningCheck, entry: Dirent): Promise<void> {
  const { db, config } = installation;
  const { name } = entry;
  const path = join(config.experimentsDir, name);
  const before = await entryAt(path);
  const experiment = await db.first(experimentsByEid, { eids: [name] });
  if (entry.isDirectory()) {
    // Made since, or just being removed.
    if (experiment) return;
    if (await db.first(doomedIn, { start: `${name}/` })) return;
  }
  if (!isNotUtf8(name, before) && (before === undefined || before !== (await entryAt(path)))) return;
  report({
    kind: 'by-hand',
    subject: name,
    name,
    path,
    ...(experiment && { eid: name }),
    text: experiment && entry.isSymbolicLink() ? IS_LINK : BELONGS_TO_NONE,
  });
}
