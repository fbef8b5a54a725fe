import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Written into an environment when all else is done: what has it is whole. */
export interface Marker {
  /** Hash of what the environment was made for. */
  readonly madeFor: string;
  /** `Python 3.11.7` */
  readonly interpreter: string;
  /** `name==version`, sorted. */
  readonly packages: readonly string[];
}

/** Name of the file. */
export const MARKER = 'aqueduct-environment.json';

/** Undefined where the environment is not whole. */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as Marker;
  } catch {
    return undefined;
  }
}

/** Says that an environment is whole. */
export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  const path = join(folder, MARKER);
  await writeFile(`${path}.new`, JSON.stringify(marker, null, 2));
  await rename(`${path}.new`, path);
}
