import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { canRun } from './can-run.ts';
import { readOptional } from './read-optional.ts';
import { runStep } from './run-step.ts';

/** Where Node looks for packages. */
export const MODULES = 'node_modules';

interface Installation {
  /** Path of a file for the output of npm. */
  readonly log: string;
  /** Whether there is a `package-lock.json`. */
  readonly isLocked: boolean;
}

/**
 * Has npm install what the `package.json` of a folder depends on.
 *
 * @returns `name==version` of all that is installed then, sorted
 * @throws AqueductError with a sentence for the log of the task
 */
export async function installPackages(
  folder: string,
  { log, isLocked }: Installation,
  tools: BuildTools,
): Promise<string[]> {
  if (!(await canRun('npm', tools.signal))) {
    throw new AqueductError(
      'BAD_INPUT',
      'The package.json of this extension names dependencies, and there is no npm on the PATH of the server that ' +
        'could install them. Install npm, and run the action again.',
    );
  }
  tools.print('Installing what the package.json of this extension names …');
  // npm runs on the Node that it finds, and builds for it.
  const path = `PATH=${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const how = isLocked ? ['ci'] : ['install', '--no-package-lock'];
  const command = ['env', path, 'npm', ...how, '--omit=dev', '--no-audit', '--no-fund'];
  const { code } = await runStep(tools, folder, log, command);
  if (code === 0) {
    // npm makes none where all that is named is optional, and for other systems.
    await mkdir(join(folder, MODULES), { recursive: true });
    return installedIn(join(folder, MODULES));
  }
  throw new AqueductError(
    'BAD_INPUT',
    `The packages of this extension could not be installed: "npm ${how.join(' ')}" ended with ${code}, and the lines ` +
      'above say why. Mend it, and run the action again.',
  );
}

/** As npm notes it itself; what lies elsewhere is linked. */
async function installedIn(modules: string): Promise<string[]> {
  const list = (await readOptional(join(modules, '.package-lock.json'))) ?? '{"packages":{}}';
  const { packages } = JSON.parse(list) as {
    packages: Record<string, { version?: string; resolved?: string }>;
  };
  const found = Object.entries(packages).flatMap(([path, { version, resolved = '' }]) => {
    const name = path.split(`${MODULES}/`).at(-1);
    return name === path ? [] : [`${name}==${version ?? packages[resolved]?.version}`];
  });
  return [...new Set(found)].sort();
}
