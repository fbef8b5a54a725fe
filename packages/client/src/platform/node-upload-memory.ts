import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { UploadIdentity, UploadMemory } from './platform.ts';

/** No server keeps an unfinished upload for so long, unless it is told to. */
const FORGOTTEN_AFTER_MS = 90 * 86_400_000;

/**
 * A small file for each upload that has begun, in the user's folder for states (XDG Base Directory: `XDG_STATE_HOME`,
 * else `~/.local/state`). One for each, so that programs need not wait for each other.
 */
export const uploadMemory: UploadMemory = {
  async get(identity) {
    try {
      const { address, sample } = JSON.parse(await readFile(pathOf(identity), 'utf8'));
      return typeof address === 'string' ? { address, sample } : undefined;
    } catch {
      return undefined;
    }
  },

  async set(identity, upload) {
    try {
      const path = pathOf(identity);
      await makeFolder(dirname(path));
      await forgetOld(dirname(path));
      const temporary = `${path}.${randomUUID()}`;
      await writeFile(temporary, JSON.stringify({ ...identity, ...upload }), { mode: 0o600 });
      await rename(temporary, path);
    } catch {
      // Without it the upload works all the same; only a restart begins it anew.
    }
  },

  async delete(identity) {
    try {
      await rm(pathOf(identity), { force: true });
    } catch {
      // What stays costs one question when the same file is uploaded again.
    }
  },
};

/** @throws SystemError where a user has no home folder, as in many containers. */
function pathOf({ server, experimentUuid, name, size, file }: UploadIdentity): string {
  const key = createHash('sha256').update(JSON.stringify([server, experimentUuid, name, size, file]));
  const states = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(states, 'aqueduct', 'uploads', `${key.digest('hex').slice(0, 32)}.json`);
}

/**
 * Makes a folder, and those above it that are not there. Node's own way, `recursive`, never comes to an end below `/proc` and
 * where homes are mounted when they are asked for: there the system answers for ever that something above is missing.
 */
async function makeFolder(folder: string): Promise<void> {
  if (await isMade(folder)) return;
  await makeFolder(dirname(folder));
  if (!(await isMade(folder))) throw new Error(`${folder} can not be made.`);
}

/** False where something above is missing. */
async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code === 'EEXIST') return true;
    throw error;
  }
}

/** Of uploads that were never finished. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another upload may have ended meanwhile, and taken its own with it.
    const stats = await stat(path).catch(() => undefined);
    if (stats && Date.now() - stats.mtimeMs > FORGOTTEN_AFTER_MS) await rm(path, { force: true });
  }
}
