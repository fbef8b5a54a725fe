import { join } from 'node:path';
import { inParallel } from '../platform/in-parallel.ts';
import { adoptFile } from './adopt-file.ts';
import { type RecordedFile, recordedBehind, recordedFile } from './check.queries.ts';
import { nameFinding, objectFinding } from './file-findings.ts';
import { inspectObject, type ObjectState } from './inspect-object.ts';
import { inspectReadableName, type WrongName } from './inspect-readable-name.ts';
import { AT_ONCE, type RunningCheck } from './running-check.ts';

const BATCH = 500;

/** Compares every file of the record with its bytes and its readable name. */
export async function checkFiles(check: RunningCheck): Promise<void> {
  for (let id = 0; ; ) {
    const files = await check.installation.db.slow.all(recordedBehind, { id, limit: BATCH });
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
  const wrong = check.hasFolders ? await inspectReadableName(check.installation, seen.file) : undefined;
  const name = wrong?.name;
  const current = wrong?.file ?? seen.file;
  // Replaced while its name was looked at: what is known of the bytes is of the version before.
  const object: ObjectState = current.object_key === seen.file.object_key ? seen.object : { is: 'intact' };

  const refused = await adopt(check, current, name);
  if (refused === 'adopted') return;
  const findings = [objectFinding(current, object, name), nameFinding(current, object, name, refused)];
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

/** Takes in what lies under the name of a file, if that is somebody's own and not older; else says why not. */
async function adopt(
  { adopter, installation, report }: RunningCheck,
  current: RecordedFile,
  name: WrongName | undefined,
): Promise<'adopted' | { readonly because: string } | undefined> {
  if (!adopter || (name?.is !== 'copy' && name?.is !== 'other')) return undefined;
  const { eid, uuid, readable_name } = current;
  const path = join(installation.config.experimentsDir, eid, readable_name);
  const adoptable = { path, eid, uuid, experimentId: current.experiment_id, name: current.name, current };
  const adoption = await adoptFile(adopter, adoptable);
  if ('refused' in adoption) return { because: adoption.refused };
  report({
    kind: 'adopted',
    subject: `${eid}/${readable_name}`,
    text: adoption.done,
    eid,
    name: current.name,
    path,
  });
  return 'adopted';
}
