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

/**
 * Asks an environment what is installed in it. Packages may run code of their own as Python starts: of the server's
 * variables, which may hold secrets, it sees none.
 *
 * @throws the signal's reason as soon as that aborts
 */
export async function installedPackages(
  environment: string,
  signal: AbortSignal,
): Promise<readonly InstalledPackage[]> {
  const python = join(environment, 'bin', 'python');
  const options = { timeout: TIMEOUT_MS, env: {}, signal };
  const { stdout } = await execute(python, ['-I', '-c', LIST], options).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
  // It may print, too.
  const list = stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(list) as InstalledPackage[];
}
