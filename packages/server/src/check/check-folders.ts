import type { Dirent } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Config } from '../platform/config/config.ts';
import { inParallel } from '../platform/in-parallel.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { STAGING_FOLDER } from '../platform/storage/readable-links.ts';
import { experimentsByEid, recordedIn } from './check.queries.ts';
import { checkHandPut } from './check-hand-put.ts';
import { checkOutsider } from './check-outsider.ts';
import { reasonOf } from './reason-of.ts';
import { AT_ONCE, type RunningCheck } from './running-check.ts';

const BATCH = 50;

/** Looks in the readable folders for what Aqueduct did not put there. */
export async function checkFolders(check: RunningCheck): Promise<void> {
  const { config } = check.installation;
  const own = new Set([STAGING_FOLDER, dataFolderAmongExperiments(config)]);
  let batch: Dirent[] = [];
  for await (const entry of await opendir(config.experimentsDir)) {
    if (own.has(entry.name)) continue;
    batch.push(entry);
    if (batch.length < BATCH) continue;
    await checkBatch(check, batch);
    batch = [];
  }
  await checkBatch(check, batch);
}

/** Where a folder of experiments alone was given, the data folder lies in it. */
function dataFolderAmongExperiments({ experimentsDir, dataDir }: Config): string | undefined {
  return relative(experimentsDir, dataDir).split(sep)[0];
}

async function checkBatch(check: RunningCheck, entries: readonly Dirent[]): Promise<void> {
  const { db } = check.installation;
  // Listed before the rows are read: whatever a server shows by then has its row.
  const folders = new Map<string, readonly Dirent[]>();
  await inParallel(entries, AT_ONCE, async (entry) => {
    if (entry.isDirectory()) folders.set(entry.name, await list(check, entry.name));
  });
  const eids = [...folders.keys()];
  const experiments = new Map((await db.all(experimentsByEid, { eids })).map((row) => [row.eid, row]));
  const files = Map.groupBy(await db.all(recordedIn, { eids }), (file) => file.eid);

  const suspects: (() => Promise<void>)[] = [];
  for (const entry of entries) {
    const experiment = experiments.get(entry.name);
    if (!experiment) suspects.push(() => checkOutsider(check, entry));
    else {
      const expected = new Set(files.get(entry.name)?.map((file) => file.readable_name));
      for (const inside of folders.get(entry.name) ?? [])
        if (!expected.has(inside.name)) suspects.push(() => checkHandPut(check, experiment, inside));
    }
  }
  await inParallel(suspects, AT_ONCE, (suspect) => suspect());
}

async function list({ installation, report }: RunningCheck, name: string): Promise<readonly Dirent[]> {
  const path = join(installation.config.experimentsDir, name);
  try {
    return await readdir(path, { withFileTypes: true });
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
