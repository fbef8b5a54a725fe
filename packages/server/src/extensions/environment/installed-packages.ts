import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A package in a Python environment. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The Pythons that it accepts, as PEP 440 writes it; null where it doesn't say. */
  readonly requiresPython: string | null;
}

const LIST = `
import importlib.metadata, json
print(json.dumps([
    {"name": each.metadata["Name"], "version": each.version, "requiresPython": each.metadata["Requires-Python"]}
    for each in importlib.metadata.distributions()
]))
`;
const TIMEOUT_MS = 60_000;

const execute = promisify(execFile);

/** Asks an environment what is installed in it. */
export async function installedPackages(environment: string): Promise<readonly InstalledPackage[]> {
  const python = join(environment, 'bin', 'python');
  const { stdout } = await execute(python, ['-I', '-c', LIST], { timeout: TIMEOUT_MS });
  // Packages may run code of their own as Python starts, which may print.
  const list = stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(list) as InstalledPackage[];
}
