import { execFile } from 'node:child_process';
import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AqueductError } from './errors/aqueduct-error.ts';
import { codeOf } from './storage/code-of.ts';

/**
 * Refuses another user than the one whose server stores here: the folder of a day that root makes would stop all
 * uploads until midnight. Where nothing is there yet, it becomes the caller's.
 *
 * @throws AqueductError with a sentence that says as whom to run the command.
 */
export async function requireOwner(dataDir: string): Promise<void> {
  // The server made it. The data folder itself may have been made for it, for a container say.
  await requireOwnerOf(dataDir, (await ownerOf(join(dataDir, 'objects'))) ?? (await ownerOf(dataDir)));
}

/** The same for a server, which may be the first in a folder that somebody else made for it. */
export async function requireOwnerOfObjects(dataDir: string): Promise<void> {
  await requireOwnerOf(dataDir, await ownerOf(join(dataDir, 'objects')));
}

async function requireOwnerOf(dataDir: string, owner: number | undefined): Promise<void> {
  if (owner === undefined || owner === process.geteuid?.() || owner === (await ownerOfNew(dataDir))) return;
  const name = await nameOf(owner);
  throw new AqueductError(
    'UNAVAILABLE',
    `What is stored in the data folder ${dataDir} belongs to user ${name}, whose server could not write to what ` +
      `another user makes there. Run this as user ${name}. Nothing was changed.`,
  );
}

/** Undefined where there is no such folder. */
async function ownerOf(folder: string): Promise<number | undefined> {
  try {
    const found = await stat(folder);
    return found.isDirectory() ? found.uid : undefined;
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test(codeOf(error))) return undefined;
    throw error;
  }
}

/** Disks of other computers may give to one user whatever is made there. */
async function ownerOfNew(dataDir: string): Promise<number | undefined> {
  try {
    const folder = await mkdtemp(join(dataDir, '.owner-'));
    return await ownerOf(folder).finally(() => rmdir(folder));
  } catch {
    return undefined;
  }
}

async function nameOf(owner: number): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('id', ['-un', String(owner)]);
    return stdout.trim();
  } catch {
    // It has no name here, as in many containers.
    return String(owner);
  }
}
