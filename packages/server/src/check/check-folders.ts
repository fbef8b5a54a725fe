import type { Dirent } from 'node:fs';
import { lstat, opendir, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Config } from '../platform/config/config.ts';
import { inParallel } from '../platform/in-parallel.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { FOLDER_MARK } from '../platform/storage/folder-mark.ts';
import { STAGING_FOLDER } from '../platform/storage/readable-links.ts';
import { experimentsByEid, readableNamesIn } from './check.queries.ts';
import { checkHandPut } from './check-hand-put.ts';
import { checkOutsider } from './check-outsider.ts';
import { reasonOf } from './reason-of.ts';
import { AT_ONCE, type RunningCheck } from './running-check.ts';

/** What is asked of the database at one time: folders, and names in them. One folder may have very many. */
const MOST_FOLDERS = 48;
const MOST_NAMES = 20_000;

/** Something in the folder of experiments, and what lies in it. */
interface Listed {
  readonly entry: Dirent;
  readonly inside: readonly Dirent[];
}

/** Looks in the readable folders for what Aqueduct did not put there. */
export async function checkFolders(check: RunningCheck): Promise<void> {
  const { config } = check.installation;
  const own = new Set([FOLDER_MARK, STAGING_FOLDER, dataFolderAmongExperiments(config)]);
  let batch: Listed[] = [];
  let names = 0;
  let next: Dirent[] = [];
  const listNext = () =>
    inParallel(next, AT_ONCE, async (entry) => {
      const inside = entry.isDirectory() ? await list(check, entry.name) : [];
      batch.push({ entry, inside });
      names += inside.length;
    });
  for await (const entry of await opendir(config.experimentsDir)) {
    if (own.has(entry.name)) continue;
    next.push(entry);
    if (next.length < AT_ONCE) continue;
    await listNext();
    next = [];
    if (batch.length < MOST_FOLDERS && names < MOST_NAMES) continue;
    await checkBatch(check, batch);
    batch = [];
    names = 0;
  }
  await listNext();
  await checkBatch(check, batch);
}

/** Where a folder of experiments alone was given, the data folder lies in it. */
function dataFolderAmongExperiments({ experimentsDir, dataDir }: Config): string | undefined {
  return relative(experimentsDir, dataDir).split(sep)[0];
}

async function checkBatch(check: RunningCheck, listed: readonly Listed[]): Promise<void> {
  const { db } = check.installation;
  // Read after the folders were listed: whatever a server shows by then has its row.
  const eids = listed.filter(({ entry }) => entry.isDirectory()).map(({ entry }) => entry.name);
  const experiments = new Map((await db.all(experimentsByEid, { eids })).map((row) => [row.eid, row]));
  const expected = new Map(eids.map((eid) => [eid, new Set<string>()]));
  for (const { eid, readable_name } of await db.all(readableNamesIn, { eids }))
    expected.get(eid)?.add(readable_name);

  const suspects: (() => Promise<void>)[] = [];
  for (const { entry, inside } of listed) {
    const experiment = experiments.get(entry.name);
    if (!experiment) suspects.push(() => checkOutsider(check, entry));
    else
      for (const one of inside)
        if (!expected.get(entry.name)?.has(one.name))
          suspects.push(() => checkHandPut(check, experiment, one));
  }
  await inParallel(suspects, AT_ONCE, (suspect) => suspect());
}

async function list({ installation, report }: RunningCheck, name: string): Promise<readonly Dirent[]> {
  const path = join(installation.config.experimentsDir, name);
  try {
    const inside = await readdir(path, { withFileTypes: true });
    // One that may be listed and not entered shows names, and nothing of what they are.
    await lstat(`${path}/.`);
    return inside;
  } catch (error) {
    // An empty one goes with the last file of its experiment.
    if (codeOf(error) !== 'ENOENT')
      report({
        kind: 'unreadable',
        subject: name,
        path,
        text: `the folder can't be read: ${reasonOf(error)}`,
      });
    return [];
  }
}
