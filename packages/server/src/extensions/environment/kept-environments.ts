import { readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MARKER, readMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';

/** Environments in which no task has begun for so long are removed with the next build: measurements run for days. */
const UNUSED_MS = 7 * 24 * 3_600_000;

/** Makes a link show another environment, in one step. */
export async function switchLink(folder: string, link: string, target: string): Promise<void> {
  const path = join(folder, `${ENVIRONMENT}.new`);
  await rm(path, { force: true });
  await symlink(target, path);
  await rename(path, join(folder, link));
}

/** Removes what a crash left behind. */
export async function removeHalfBuilt(folder: string, prefix: string): Promise<void> {
  for (const name of await environmentsIn(folder, prefix)) {
    if (!(await readMarker(join(folder, name))))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes environments in which no task has begun for long. */
export async function removeUnused(folder: string, prefix: string, current: string): Promise<void> {
  for (const name of await environmentsIn(folder, prefix)) {
    const marker = join(folder, name, MARKER);
    const used = await stat(marker).catch(() => undefined);
    if (name === current || !used || used.mtimeMs >= Date.now() - UNUSED_MS) continue;
    // First: a crash in between must not leave half of one that looks whole.
    await rm(marker);
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Names of environments, whole or not; those of a language start alike. */
export async function environmentsIn(folder: string, prefix: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix));
}
