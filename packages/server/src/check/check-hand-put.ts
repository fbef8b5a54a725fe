import type { Dirent } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenServices } from '../access/open-services.ts';
import { encodedName, foldName, shownNames } from '../files/readable-name.ts';
import { looksLikeOurs } from '../platform/storage/shown-object.ts';
import { adoptFile } from './adopt-file.ts';
import { doomedIn, type RecordedFile, recordedAs, recordedIn } from './check.queries.ts';
import { finishAdoption } from './finish-adoption.ts';
import { entryAt, isNotUtf8 } from './folder-entry.ts';
import { isOfAnother, OF_ANOTHER } from './is-newer.ts';
import { isAside } from './put-aside.ts';
import type { RunningCheck } from './running-check.ts';
import { whyNotAdopted } from './why-not-adopted.ts';

interface ExperimentFolder {
  readonly id: number;
  readonly uuid: string;
  readonly eid: string;
  readonly created_at: number;
}

/** Reports, or takes in, what lies in the folder of an experiment under a name that no file of it has there. */
export async function checkHandPut(
  check: RunningCheck,
  experiment: ExperimentFolder,
  entry: Dirent,
): Promise<void> {
  const { installation, adopter, asides, report } = check;
  const { eid } = experiment;
  const { name } = entry;
  const path = join(installation.config.experimentsDir, eid, name);
  const about = { subject: `${eid}/${name}`, eid, name, path };

  // What is the same before and after was there when the rows were read: with a row, or none.
  const before = await entryAt(path);
  if (isNotUtf8(name, before)) {
    report({ ...about, kind: 'by-hand', text: 'its name is no valid UTF-8. Rename it.' });
    return;
  }
  const files = await filesLike(installation, eid, name);
  if (await isOurs(installation, files, eid, name)) return;
  if (before === undefined || before !== (await entryAt(path))) return;

  const place = placeInRecord(files, name);
  const reason = isAside(name)
    ? undefined
    : (whyNotAdopted(name, entry) ??
      (await whyOurs(path, name)) ??
      (await whyOfAnother(path, experiment, place.current)));
  if (reason !== undefined) {
    report({ ...about, kind: 'by-hand', text: `somebody put it there, and it stays: ${reason}` });
  } else if (!adopter) {
    const text = isAside(name)
      ? 'an `aqueduct check --adopt` is at work, or was interrupted. Then run that again.'
      : 'somebody put it there. `aqueduct check --adopt` takes it into the record.';
    report({ ...about, kind: 'by-hand', text });
  } else {
    const { id: experimentId, uuid, created_at: createdAt } = experiment;
    const adoption = isAside(name)
      ? await finishAdoption(adopter, eid, path)
      : await adoptFile(adopter, { path, eid, uuid, experimentId, createdAt, ...place }, asides);
    if ('done' in adoption) report({ ...about, kind: 'adopted', text: adoption.done });
    else if ('failed' in adoption)
      report({ ...about, kind: 'failed', text: `it could not be taken in, and stays: ${adoption.failed}` });
    else
      report({ ...about, kind: 'by-hand', text: `somebody put it there, and it stays: ${adoption.refused}` });
  }
}

/** What Aqueduct showed under a second name, and no file has any more: its bytes were replaced or deleted. */
async function whyOurs(path: string, name: string): Promise<string | undefined> {
  const plain = name.replace(/~[0-9a-f]{8}(?=\.[^.]*$|$)/, '');
  if (plain === name || encodedName(plain) !== name) return undefined;
  const stats = await lstat(path, { bigint: true }).catch(() => undefined);
  return stats && looksLikeOurs(stats)
    ? `it looks like a former version of ${plain} that Aqueduct showed there. Remove it, or give it another name.`
    : undefined;
}

/** What is not taken in is not to be promised either. */
async function whyOfAnother(
  path: string,
  { created_at: createdAt }: ExperimentFolder,
  current: RecordedFile | undefined,
): Promise<string | undefined> {
  const stats = current ? undefined : await lstat(path, { bigint: true }).catch(() => undefined);
  return stats && isOfAnother(stats, createdAt) ? OF_ANOTHER : undefined;
}

/** The files that may be shown under a name: an encoded one says nothing of the name that it stands for. */
function filesLike({ db }: OpenServices, eid: string, name: string): Promise<RecordedFile[]> {
  return name.includes('~')
    ? db.all(recordedIn, { eids: [eid] })
    : db.all(recordedAs, { eid, name, foldedName: foldName(name) });
}

/** Whether the name shows the object of a file, be it one that is about to be removed. */
async function isOurs(
  { db, storage, config }: OpenServices,
  files: readonly RecordedFile[],
  eid: string,
  name: string,
): Promise<boolean> {
  const path = join(config.experimentsDir, eid, name);
  for (const file of files) {
    if (file.readable_name === name) return true;
    if (mayShow(file.readable_name, name) && (await storage.readable.shows(path, file.object_key)))
      return true;
  }
  for (const { readable_path, object_key } of await db.all(doomedIn, { start: `${eid}/` })) {
    const readableName = readable_path.slice(eid.length + 1);
    if (mayShow(readableName, name) && (await storage.readable.shows(path, object_key))) return true;
  }
  return false;
}

/** Besides its own name a file may have an encoded one, or the same as another disk writes it. */
function mayShow(readableName: string, name: string): boolean {
  return foldName(readableName) === foldName(name) || shownNames(readableName).includes(name);
}

/** The name for the record: that of a file which Aqueduct itself shows under such a name, or simply its own. */
function placeInRecord(files: readonly RecordedFile[], name: string) {
  const current =
    files.find((file) => shownNames(file.readable_name).indexOf(name) > 0) ??
    files.find((file) => file.name === name);
  return { name: current?.name ?? name, current };
}
