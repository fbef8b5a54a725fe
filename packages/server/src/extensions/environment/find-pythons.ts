import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compare, valid } from '@renovatebot/pep440';

/** A Python that environments can be made of. */
export interface Python {
  /** Its own path, not that of a link or shim. */
  readonly path: string;
  /** `3.11.7` */
  readonly version: string;
}

const NAMES = [...Array.from({ length: 8 }, (_, i) => `python3.${15 - i}`), 'python3', 'python'];
/** Older ones can't tell what is installed. */
const OLDEST = '3.8';
const PROBE = 'import json, platform, sys; print(json.dumps([sys.executable, platform.python_version()]))';
/** `-S`: packages of an environment may run code of their own as Python starts. */
const ALONE = ['-I', '-S', '-c', PROBE];
const PROBE_TIMEOUT_MS = 20_000;

const execute = promisify(execFile);

/**
 * All Pythons on the server's `PATH`, and those that `uv` knows; newest first.
 *
 * @throws the signal's reason as soon as that aborts: shims take seconds, and may hang
 */
export async function findPythons(hasUv: boolean, signal?: AbortSignal): Promise<readonly Python[]> {
  const names = [...NAMES, ...(hasUv ? await pythonsOfUv(signal) : [])];
  const found = new Map<string, Python>();
  const asked = await Promise.all(names.map((name) => askPython(name, signal)));
  signal?.throwIfAborted();
  for (const python of asked) {
    if (python && compare(python.version, OLDEST) >= 0 && !found.has(python.version))
      found.set(python.version, python);
  }
  return [...found.values()].sort((a, b) => compare(b.version, a.version));
}

/** What a Python says of itself; undefined where it doesn't run, as shims of version managers for versions that aren't there. */
export async function askPython(name: string, signal?: AbortSignal): Promise<Python | undefined> {
  try {
    const { stdout } = await execute(name, ALONE, { timeout: PROBE_TIMEOUT_MS, signal });
    const [path, told] = JSON.parse(stdout) as [string, string];
    // Built between two releases, it calls itself "3.13.1+".
    const version = told.replace(/\+$/, '');
    return valid(version) === null ? undefined : { path, version };
  } catch {
    return undefined;
  }
}

async function pythonsOfUv(signal: AbortSignal | undefined): Promise<string[]> {
  try {
    const list = ['python', 'list', '--only-installed', '--output-format', 'json'];
    const { stdout } = await execute('uv', list, { timeout: PROBE_TIMEOUT_MS, signal });
    return (JSON.parse(stdout) as { path: string }[]).map(({ path }) => path);
  } catch {
    return [];
  }
}
