import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { satisfies } from '@renovatebot/pep440';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { writeMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { findOnPath } from './find-on-path.ts';
import { findPythons, type Python } from './find-pythons.ts';
import type { PythonRequirements } from './python-requirements.ts';
import { runStep } from './run-step.ts';

const INVENTORY =
  'import importlib.metadata as m, json; ' +
  'print(json.dumps(sorted({"{}=={}".format(d.metadata["Name"], d.version) for d in m.distributions()})))';
/** How pip and uv say that a package is not for this Python. */
const WRONG_PYTHON =
  /requires? a different python|requires-python|current Python version \(.*\) does not satisfy/i;
const INVENTORY_TIMEOUT_MS = 60_000;

const execute = promisify(execFile);

/**
 * Builds an environment with the newest Python that the requirements accept.
 *
 * @returns the name of its folder
 * @throws AqueductError with a sentence for the log of the task; nothing half-made is left then
 */
export async function buildPython(
  folder: string,
  requirements: PythonRequirements,
  tools: BuildTools,
): Promise<string> {
  const uv = await findOnPath('uv');
  const pythons = await findPythons(uv);
  const { hash, requiresPython } = requirements;
  for (const python of pythons) {
    if (requiresPython !== '' && !satisfies(python.version, requiresPython)) continue;
    tools.print(`Building the environment of this extension with Python ${python.version} …`);
    const name = `${ENVIRONMENT}-${shortHash([hash, python.path, python.version])}`;
    const steps = stepsOf(join(folder, name), python, uv, requirements);
    if (await build(join(folder, name), folder, steps, tools)) {
      const packages = await installedIn(join(folder, name));
      const interpreter = `Python ${python.version}`;
      await writeMarker(join(folder, name), { madeFor: hash, interpreter, packages });
      return name;
    }
    tools.print(`The requirements do not accept Python ${python.version}.`);
  }
  const versions = pythons.map(({ version }) => version).join(', ') || 'none';
  throw new AqueductError(
    'BAD_INPUT',
    `The environment of this extension needs Python ${requiresPython || 'that its packages accept, 3.8 or later'}; ` +
      `the server has ${versions}. Install one, so that it is on the PATH of the server, and run the action again.`,
  );
}

/**
 * Runs the steps of a build. Whatever goes wrong, the half of an environment is removed.
 *
 * @returns whether it was built; if not, the packages don't accept this Python
 */
async function build(
  environment: string,
  folder: string,
  steps: readonly (readonly string[])[],
  tools: BuildTools,
): Promise<boolean> {
  let isBuilt = false;
  await rm(environment, { recursive: true, force: true });
  try {
    for (const step of steps) {
      const { code, output } = await runStep(tools, folder, `${environment}.log`, step);
      if (code === 0) continue;
      if (WRONG_PYTHON.test(output)) return false;
      throw new AqueductError(
        'BAD_INPUT',
        `The environment of this extension could not be built: "${step.join(' ')}" ended with ${code}, ` +
          'and the lines above say why. Mend it, and run the action again.',
      );
    }
    return (isBuilt = true);
  } finally {
    if (!isBuilt) await rm(environment, { recursive: true, force: true });
  }
}

function stepsOf(
  environment: string,
  python: Python,
  uv: string | undefined,
  { installs }: PythonRequirements,
): string[][] {
  const own = join(environment, 'bin', 'python');
  // With pip in it, as scripts may call it.
  const make = uv
    ? [uv, 'venv', '--seed', '--python', python.path, environment]
    : [python.path, '-m', 'venv', environment];
  const install = uv
    ? [uv, 'pip', 'install', '--python', own]
    : [own, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
  return [make, ...installs.map((each) => [...install, ...each])];
}

async function installedIn(environment: string): Promise<string[]> {
  const { stdout } = await execute(join(environment, 'bin', 'python'), ['-I', '-c', INVENTORY], {
    timeout: INVENTORY_TIMEOUT_MS,
  });
  return JSON.parse(stdout) as string[];
}

function shortHash(of: readonly string[]): string {
  return createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 12);
}
