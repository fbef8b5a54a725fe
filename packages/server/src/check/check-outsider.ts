import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { doomedIn, experimentsByEid } from './check.queries.ts';
import { entryAt, isNotUtf8 } from './folder-entry.ts';
import type { RunningCheck } from './running-check.ts';

/** Reports what lies among the folders of experiments and belongs to none. It is left alone. */
export async function checkOutsider({ installation, report }: RunningCheck, entry: Dirent): Promise<void> {
  const { db, config } = installation;
  const { name } = entry;
  const path = join(config.experimentsDir, name);
  const before = await entryAt(path);
  if (entry.isDirectory()) {
    // Made since, or just being removed.
    if (await db.first(experimentsByEid, { eids: [name] })) return;
    if (await db.first(doomedIn, { start: `${name}/` })) return;
  }
  if (!isNotUtf8(name, before) && (before === undefined || before !== (await entryAt(path)))) return;
  report({
    kind: 'by-hand',
    subject: name,
    name,
    path,
    text:
      'it lies among the folders of the experiments and belongs to none. Files that are put into the folder of one are ' +
      'taken in by `aqueduct check --adopt`.',
  });
}
