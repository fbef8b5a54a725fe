import { existsSync } from 'node:fs';
import type { Context } from '../access/context.ts';
import type { OpenServices } from '../access/open-services.ts';
import type { AdoptionLock } from './adoption-lock.ts';
import { Asides } from './asides.ts';
import { countFiles } from './check.queries.ts';
import { checkDatabase, damaged, damageOf } from './check-database.ts';
import { checkFiles } from './check-files.ts';
import { checkFolders } from './check-folders.ts';
import { checkObjects } from './check-objects.ts';
import type { CheckProgress, Finding } from './finding.ts';
import { removeInterrupted } from './remove-interrupted.ts';
import type { RunningCheck } from './running-check.ts';

/** How to check, and who is told of it. */
export interface CheckOptions {
  /** Compares sizes only: nothing is read, nothing is hashed. */
  readonly isQuick?: boolean;
  /** As whom to take in what people put into the folders; without it that is only reported. */
  readonly adopter?: Context | undefined;
  /** What it holds meanwhile, which tells of others that were interrupted. */
  readonly lock?: AdoptionLock | undefined;
  readonly onFinding: (finding: Finding) => void;
  /** Called often: after every file and every read. */
  readonly onProgress?: (progress: CheckProgress) => void;
}

/** What was looked at. */
export interface CheckSummary extends CheckProgress {
  readonly objects: number;
}

/**
 * Compares the disk with the database, beside a server that may run: it is asked in short reads, in batches. What a
 * server is changing is looked at again before anything is said of it.
 */
export async function checkInstallation(
  installation: OpenServices,
  { isQuick = false, adopter, lock, onFinding, onProgress }: CheckOptions,
): Promise<CheckSummary> {
  const progress = { files: 0, totalFiles: 0, bytes: 0, objects: 0 };
  const { experimentsDir } = installation.config;
  const isThere = existsSync(experimentsDir);
  const whyAnother = isThere ? await installation.storage.databases.whyNotShownIn(experimentsDir) : undefined;
  let check: RunningCheck = {
    installation,
    hasFolders: isThere && whyAnother === undefined,
    isQuick,
    adopter,
    asides: new Asides(onFinding),
    report: onFinding,
    countFile() {
      progress.files += 1;
      onProgress?.(progress);
    },
    countBytes(count) {
      progress.bytes += count;
      onProgress?.(progress);
    },
  };
  try {
    if (!(await checkDatabase(installation, check, onFinding)) && adopter) {
      // It may lie about what it holds.
      check = { ...check, adopter: undefined };
      onFinding({ kind: 'database', subject: '--adopt', text: 'nothing is taken into a damaged database.' });
    }
    // Before the files: what an interrupted adoption left of them is finished here.
    if (check.hasFolders) await checkFolders(check);
    progress.totalFiles = (await installation.db.slow.first(countFiles, {}))?.count ?? 0;
    if (!check.hasFolders && progress.totalFiles > 0) onFinding(noFolders(experimentsDir, whyAnother));
    await checkFiles(check);
    await check.asides.removeAll();
    const now = installation.clock.now() / 1000;
    if (check.adopter && lock) await removeInterrupted(installation, lock, now);
    progress.objects = await checkObjects(check, now);
  } catch (error) {
    onFinding(damaged(damageOf(error)));
  }
  return progress;
}

function noFolders(experimentsDir: string, whyAnother: string | undefined): Finding {
  const text =
    whyAnother ??
    'the folder of experiments is not there. Mount its disk, or say with --experiments-dir where it is.';
  return { kind: 'readable', subject: experimentsDir, text };
}
