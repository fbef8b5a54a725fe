import { access, constants, lstat, readlink, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildTools } from '../prepare-environment.ts';
import { whileBuilding } from './build-lock.ts';
import { buildPython } from './build-python.ts';
import { isOfThisMachine, type Marker, noteUse, readMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { environmentsIn, removeHalfBuilt, removeUnused, switchLink } from './kept-environments.ts';
import { anyPython, type PythonRequirements, readPythonRequirements } from './python-requirements.ts';
import { versionNow } from './version-now.ts';

const PREFIX = `${ENVIRONMENT}-`;

/** A Python that has what an extension asks for. */
export interface PythonEnvironment extends Marker {
  /** Path of the interpreter. */
  readonly python: string;
}

/**
 * Makes sure that an extension has the Python environment that it asks for now. It is built where it must stay, as
 * environments don't survive a move, is whole once its marker is there, and only then what the link shows. One that was
 * copied or moved with the folder runs what lies at its old place, or nothing: another is built.
 *
 * @param asked - What was read when the task was taken.
 */
export async function providePython(
  path: string,
  asked: PythonRequirements,
  tools: BuildTools,
): Promise<PythonEnvironment> {
  const folder = await realpath(path);
  const linked = await findLinked(folder, asked);
  if (linked) return linked;
  return whileBuilding(folder, tools, async () => {
    // Waiting takes as long as another build, and pip reads the files as they are then.
    const requirements = (await readPythonRequirements(folder)) ?? anyPython;
    // Another task may have built it meanwhile.
    const current = await findLinked(folder, requirements);
    if (current) return current;

    await removeHalfBuilt(folder, PREFIX);
    const name = (await findBuilt(folder, requirements)) ?? (await buildPython(folder, requirements, tools));
    await moveOriginalAside(folder, tools);
    await switchLink(folder, ENVIRONMENT, name);
    await removeUnused(folder, PREFIX, name);
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
  if (found && name !== undefined) await noteUse(join(folder, name));
  return found;
}

async function findBuilt(folder: string, requirements: PythonRequirements): Promise<string | undefined> {
  for (const name of await environmentsIn(folder, PREFIX))
    if (await look(folder, name, requirements)) return name;
  return undefined;
}

/** An environment that suits; its interpreter may have gone with an update of the system, or become another. */
async function look(
  folder: string,
  name: string,
  requirements: PythonRequirements,
): Promise<PythonEnvironment | undefined> {
  const environment = join(folder, name);
  const marker = await readMarker(environment);
  if (marker?.madeFor !== requirements.hash || marker.place !== environment) return undefined;
  if (!isOfThisMachine(marker)) return undefined;
  const python = join(environment, 'bin', 'python');
  try {
    await access(python, constants.X_OK);
    const version = await versionNow(python);
    const interpreter = version === undefined ? marker.interpreter : `Python ${version}`;
    if (release(interpreter) === release(marker.interpreter)) return { ...marker, interpreter, python };
  } catch {
    // It has gone.
  }
  return undefined;
}

/** `Python 3.11` of `Python 3.11.7`: another one looks for packages at another place. */
function release(interpreter: string): string {
  return interpreter.split('.', 2).join('.');
}

/** What the original system made is not ours to remove. */
async function moveOriginalAside(folder: string, { print }: BuildTools): Promise<void> {
  const path = join(folder, ENVIRONMENT);
  const before = await lstat(path).catch(() => undefined);
  if (!before || before.isSymbolicLink()) return;
  const aside = `${path}.original-${Date.now()}`;
  await rename(path, aside);
  print(`The environment that was there before is now ${aside}; remove it when nobody needs it.`);
}
