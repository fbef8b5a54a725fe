import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
/** Libraries of numbers are large. */
const INSTALL_TIMEOUT_MS = 240_000;
const execute = promisify(execFile);

interface Environment {
  /** Name of its folder, which is kept from run to run. */
  readonly name: string;
  /** Arguments of pip. */
  readonly requirements: readonly string[];
  /** Modules that can be imported when all is installed. */
  readonly modules: readonly string[];
}

/** A Python from 3.8 to 3.11, as pyaqueduct needs it, with libraries; or in words why there is none. */
export async function pythonWith(environment: Environment): Promise<{ path: string } | string> {
  const { name, requirements, modules } = environment;
  const folder = join(CACHE, name);
  const path = join(folder, 'bin', 'python');
  const isWhole = () =>
    execute(path, ['-c', `import ${modules.join(', ')}`]).then(
      () => true,
      () => false,
    );
  if (existsSync(path) && (await isWhole())) return { path };

  const base = await suitablePython();
  if (base === undefined) return 'no Python from 3.8 to 3.11 is on the path, which it needs.';
  await rm(folder, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  try {
    await execute(base, ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
    await execute(path, [...pip, ...requirements], { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return `it could not be installed (${String(error).split('\n')[0]}).`;
  }
  return { path };
}

async function suitablePython(): Promise<string | undefined> {
  for (const name of ['python3.11', 'python3.10', 'python3.9', 'python3.8', 'python3']) {
    const version = await execute(name, [
      '-c',
      'import sys; print(sys.version_info[1] in range(8, 12))',
    ]).catch(() => undefined);
    if (version?.stdout.trim() === 'True') return name;
  }
  return undefined;
}
