import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { accepts } from './accepts.ts';
import { canRun } from './can-run.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { writeMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { findPythons, type Python } from './find-pythons.ts';
import { installedPackages } from './installed-packages.ts';
import { isWrongPython } from './is-wrong-python.ts';
import { thisMachine } from './machine.ts';
import { anyPython, type PythonRequirements, readPythonRequirements } from './python-requirements.ts';
import { runStep } from './run-step.ts';

/**
 * Builds an environment with the newest Python that the requirements accept.
 *
 * @param folder - That of the extension, without links.
 * @returns the name of its folder
 * @throws AqueductError with a sentence for the log of the task; nothing half-made is left then
 */
export async function buildPython(
  folder: string,
  requirements: PythonRequirements,
  tools: BuildTools,
): Promise<string> {
  const hasUv = await canRun('uv', tools.signal);
  const { onlyForUv } = requirements;
  if (!hasUv && onlyForUv.length > 0) {
    throw new AqueductError(
      'BAD_INPUT',
      `pyproject.toml says in [tool.uv.sources] where ${onlyForUv.join(', ')} comes from. pip does not read that, and would ` +
        'install what is called so in the registry. Install uv, so that it is on the PATH of the server, and run the action again.',
    );
  }
  const pythons = await findPythons(hasUv, tools.signal);
  const suitable = pythons.filter(({ version }) => accepts(requirements.requiresPython, version));
  const versions = pythons.map(({ version }) => version).join(', ');
  if (suitable.length === 0) {
    throw new AqueductError(
      'BAD_INPUT',
      `This extension needs Python ${requirements.requiresPython || '3.8 or later'}; the server has ` +
        `${versions || 'none'}. Install one, so that it is on the PATH of the server, and run the action again.`,
    );
  }
  for (const python of suitable) {
    tools.print(`Building the environment of this extension with Python ${python.version} …`);
    const { hash } = requirements;
    // Servers that see one folder at different paths, or from different machines, leave each other's alone.
    const name = `${ENVIRONMENT}-${shortHash([hash, python.path, python.version, folder, thisMachine()])}`;
    const steps = stepsOf(join(folder, name), python, hasUv, requirements);
    if (await build({ folder, name, steps, python, hash }, tools)) return name;
    tools.print(`Python ${python.version} is not what its packages accept.`);
  }
  throw new AqueductError(
    'BAD_INPUT',
    `The environment of this extension could not be built with any Python of the server (${versions}), and the lines ` +
      'above say why. Change the requirements or install another Python, and run the action again.',
  );
}

interface Build {
  readonly folder: string;
  readonly name: string;
  readonly steps: readonly (readonly string[])[];
  readonly python: Python;
  readonly hash: string;
}

/**
 * Builds one environment. Whatever goes wrong, the half of it is removed.
 *
 * @returns whether it was built; if not, its packages don't accept this Python
 */
async function build({ folder, name, steps, python, hash }: Build, tools: BuildTools): Promise<boolean> {
  const environment = join(folder, name);
  let isWhole = false;
  await rm(environment, { recursive: true, force: true });
  try {
    for (const step of steps) {
      const { code, output } = await runStep(tools, folder, `${environment}.log`, step);
      if (code === 0) continue;
      if (isWrongPython(output)) return false;
      throw new AqueductError(
        'BAD_INPUT',
        `The environment of this extension could not be built: "${step.join(' ')}" ended with ${code}, ` +
          'and the lines above say why. Mend it, and run the action again.',
      );
    }
    const installed = await installedPackages(environment, tools.signal);
    // uv doesn't look at upper bounds.
    if (!installed.every(({ requiresPython }) => accepts(requiresPython, python.version))) return false;
    const packages = [...new Set(installed.map((each) => `${each.name}==${each.version}`))].sort();
    const now = (await readPythonRequirements(folder)) ?? anyPython;
    if (now.hash !== hash) throw changedMeanwhile('requirements.txt or pyproject.toml');
    const interpreter = `Python ${python.version}`;
    const machine = thisMachine();
    await writeMarker(environment, { madeFor: hash, place: environment, machine, interpreter, packages });
    return (isWhole = true);
  } finally {
    if (!isWhole) await rm(environment, { recursive: true, force: true });
  }
}

function stepsOf(
  environment: string,
  python: Python,
  hasUv: boolean,
  { installs }: PythonRequirements,
): string[][] {
  const own = join(environment, 'bin', 'python');
  // With pip in it, as scripts may call it.
  const make = hasUv
    ? ['uv', 'venv', '--seed', '--python', python.path, environment]
    : [python.path, '-m', 'venv', environment];
  const install = hasUv
    ? ['uv', 'pip', 'install', '--python', own]
    : [own, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
  return [make, ...installs[hasUv ? 'uv' : 'pip'].map((each) => [...install, ...each])];
}

function shortHash(of: readonly string[]): string {
  return createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 12);
}
