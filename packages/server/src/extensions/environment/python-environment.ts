import {
  access,
  constants,
  lstat,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildTools } from '../prepare-environment.ts';
import { whileBuilding } from './build-lock.ts';
import { buildPython } from './build-python.ts';
import { MARKER, type Marker, readMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import type { PythonRequirements } from './python-requirements.ts';

/** A Python that has what an extension asks for. */
export interface PythonEnvironment extends Marker {
  /** Path of the interpreter. */
  readonly python: string;
}

/** Environments in which no task has begun for so long are removed with the next build: measurements run for days. */
const UNUSED_MS = 7 * 24 * 3_600_000;

/**
 * Makes sure that an extension has the Python environment that it asks for now. It is built where it must stay, as
 * environments don't survive a move, is whole once its marker is there, and only then what the link shows.
 */
export async function providePython(
  folder: string,
  requirements: PythonRequirements,
  tools: BuildTools,
): Promise<PythonEnvironment> {
  const linked = await findLinked(folder, requirements);
  if (linked) return linked;
  return whileBuilding(folder, tools, async () => {
    // Another task may have built it meanwhile.
    const current = await findLinked(folder, requirements);
    if (current) return current;

    await removeHalfBuilt(folder);
    const name = (await findBuilt(folder, requirements)) ?? (await buildPython(folder, requirements, tools));
    await link(folder, name, tools);
    await removeUnused(folder, name);
    const made = await findLinked(folder, requirements);
    if (!made) throw new Error(`the environment ${name} is not whole right after it was built`);
    return made;
  });
}

async function findLinked(
  folder: string,
  requirements: PythonRequirements,
): Promise<PythonEnvironment | undefined> {
  const name = await readlink(join(folder, ENVIRONMENT)).catch(() => undefined);
  const found = name === undefined ? undefined : await look(folder, name, requirements);
  if (found && name !== undefined) {
    const now = new Date();
    await utimes(join(folder, name, MARKER), now, now).catch(() => undefined);
  }
  return found;
}

async function findBuilt(folder: string, requirements: PythonRequirements): Promise<string | undefined> {
  for (const name of await environmentsIn(folder)) if (await look(folder, name, requirements)) return name;
  return undefined;
}

/** An environment that suits; its interpreter may have gone with an update of the system. */
async function look(
  folder: string,
  name: string,
  requirements: PythonRequirements,
): Promise<PythonEnvironment | undefined> {
  const marker = await readMarker(join(folder, name));
  if (marker?.madeFor !== requirements.hash) return undefined;
  const python = join(folder, name, 'bin', 'python');
  return access(python, constants.X_OK).then(
    () => ({ ...marker, python }),
    () => undefined,
  );
}

async function link(folder: string, name: string, { print }: BuildTools): Promise<void> {
  const path = join(folder, ENVIRONMENT);
  const before = await lstat(path).catch(() => undefined);
  if (before && !before.isSymbolicLink()) {
    // As the original system made it. It is not ours to remove.
    const aside = `${path}.original-${Date.now()}`;
    await rename(path, aside);
    print(`The environment that was there before is now ${aside}; remove it when nobody needs it.`);
  }
  await rm(`${path}.new`, { force: true });
  await symlink(name, `${path}.new`);
  await rename(`${path}.new`, path);
}

/** What a crash left behind. */
async function removeHalfBuilt(folder: string): Promise<void> {
  for (const name of await environmentsIn(folder)) {
    if (!(await readMarker(join(folder, name))))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function removeUnused(folder: string, current: string): Promise<void> {
  for (const name of await environmentsIn(folder)) {
    const used = await stat(join(folder, name, MARKER)).catch(() => undefined);
    const isOld = used !== undefined && used.mtimeMs < Date.now() - UNUSED_MS;
    if (name !== current && isOld) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function environmentsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(`${ENVIRONMENT}-`));
}
