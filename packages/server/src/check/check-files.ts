import { join } from 'node:path';
import { inParallel } from '../platform/in-parallel.ts';
import { type Adoption, adoptFile } from './adopt-file.ts';
import { lastFile, type RecordedFile, recordedBehind, recordedFile } from './check.queries.ts';
import { failedFinding, nameFinding, objectFinding } from './file-findings.ts';
import { inspectObject, type ObjectState } from './inspect-object.ts';
import { inspectReadableName, type WrongName } from './inspect-readable-name.ts';
import { AT_ONCE, type RunningCheck } from './running-check.ts';

const BATCH = 500;

/**
 * Compares every file of the record with its bytes and its readable name. What is recorded meanwhile is left for the next
 * check: where files are deleted and uploaded faster than they are looked at, there would be no end.
 */
export async function checkFiles(check: RunningCheck): Promise<void> {
  const { db } = check.installation;
  const until = (await db.first(lastFile, {}))?.last ?? 0;
  for (let id = 0; ; ) {
    const files = await db.slow.all(recordedBehind, { id, last: until, limit: BATCH });
    const last = files.at(-1);
    if (!last) return;
    await inParallel(files, AT_ONCE, async (file) => {
      await checkFile(check, file);
      check.countFile();
    });
    id = last.id;
  }
}

async function checkFile(check: RunningCheck, file: RecordedFile): Promise<void> {
  const seen = await inspectSettledObject(check, file);
  if (!seen) return;
  const wrong = check.hasFolders ? await inspectReadableName(check, seen.file) : undefined;
  const name = wrong?.name;
  const current = wrong?.file ?? seen.file;
  // Replaced while its name was looked at: what is known of the bytes is of the version before.
  const object: ObjectState = current.object_key === seen.file.object_key ? seen.object : { is: 'intact' };

  const adoption = await adopt(check, current, name);
  if (adoption && 'done' in adoption) {
    const subject = `${current.eid}/${current.readable_name}`;
    check.report({ kind: 'adopted', subject, text: adoption.done, eid: current.eid, name: current.name });
    return;
  }
  const findings = [
    objectFinding(current, object, name),
    adoption && 'failed' in adoption
      ? failedFinding(current, adoption.failed)
      : name && nameFinding(current, object, name, adoption?.refused),
  ];
  for (const finding of findings) if (finding) check.report(finding);
}

/** What is wrong with the bytes of a file counts only while the row still names them. */
async function inspectSettledObject(
  { installation, isQuick, countBytes }: RunningCheck,
  file: RecordedFile,
): Promise<{ file: RecordedFile; object: ObjectState } | undefined> {
  for (let current = file; ; ) {
    const object = await inspectObject(installation.storage, current, { isQuick, onBytes: countBytes });
    if (object.is === 'intact') return { file: current, object };
    const now = await installation.db.first(recordedFile, { id: file.id });
    if (!now) return undefined;
    if (now.object_key === current.object_key) return { file: current, object };
    current = now;
  }
}

/** Takes in what lies under the name of a file, if that is somebody's own. */
async function adopt(
  { adopter, asides, installation }: RunningCheck,
  current: RecordedFile,
  name: WrongName | undefined,
): Promise<Adoption | undefined> {
  if (!adopter || (name?.is !== 'copy' && name?.is !== 'other')) return undefined;
  const { eid, uuid, experiment_id: experimentId, readable_name } = current;
  const path = join(installation.config.experimentsDir, eid, readable_name);
  return adoptFile(adopter, { path, eid, uuid, experimentId, name: current.name, current }, asides);
}
