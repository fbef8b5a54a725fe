import { stat } from 'node:fs/promises';
import { fileState } from '../file-state.ts';
import { askPython } from './find-pythons.ts';

/** What Pythons said of themselves, by path, with the state that the file was in. */
const known = new Map<string, { readonly state: string; readonly version: string }>();

/**
 * The version of a Python as it is now: the Python of an environment is a link to the system's, which updates replace.
 * Only one whose file has changed is asked again; that takes 20 ms.
 *
 * @returns undefined where it doesn't say
 */
export async function versionNow(path: string): Promise<string | undefined> {
  const state = fileState(await stat(path, { bigint: true }));
  const last = known.get(path);
  if (last && last.state === state) return last.version;
  const version = (await askPython(path))?.version;
  if (state !== undefined && version !== undefined) known.set(path, { state, version });
  return version;
}
