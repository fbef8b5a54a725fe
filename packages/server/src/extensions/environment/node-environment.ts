import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { whileBuilding } from './build-lock.ts';
import { canRun } from './can-run.ts';
import { MARKER, type Marker, readMarker, writeMarker } from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { readOptional } from './read-optional.ts';
import { runStep } from './run-step.ts';

const MODULES = 'node_modules';

/**
 * Makes sure that what the `package.json` of an extension depends on is in its `node_modules`; whole once the marker is
 * there.
 */
export async function provideNode(folder: string, tools: BuildTools): Promise<Marker> {
  const interpreter = `Node ${process.versions.node}`;
  const manifest = await readOptional(join(folder, 'package.json'));
  if (manifest === undefined || !dependsOnAnything(manifest))
    return { madeFor: '', interpreter, packages: [] };

  const lock = await readOptional(join(folder, 'package-lock.json'));
  const madeFor = createHash('sha256')
    .update(JSON.stringify([manifest, lock, process.versions.modules]))
    .digest('hex');
  const modules = join(folder, MODULES);
  const current = async () => {
    const marker = await readMarker(modules);
    return marker?.madeFor === madeFor ? marker : undefined;
  };
  return (
    (await current()) ??
    whileBuilding(folder, tools, async () => {
      const built = await current();
      if (built) return built;
      await install(folder, lock !== undefined, tools);
      const marker = { madeFor, interpreter, packages: await installedIn(modules) };
      await writeMarker(modules, marker);
      return marker;
    })
  );
}

async function install(folder: string, isLocked: boolean, tools: BuildTools): Promise<void> {
  if (!(await canRun('npm'))) {
    throw new AqueductError(
      'BAD_INPUT',
      'The package.json of this extension names dependencies, and there is no npm on the PATH of the server that ' +
        'could install them. Install npm, and run the action again.',
    );
  }
  tools.print('Installing what the package.json of this extension names …');
  await rm(join(folder, MODULES, MARKER), { force: true });
  // npm runs on the Node that it finds, and builds for it.
  const path = `PATH=${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const how = isLocked ? ['ci'] : ['install', '--no-package-lock'];
  const command = ['env', path, 'npm', ...how, '--omit=dev', '--no-audit', '--no-fund'];
  const { code } = await runStep(tools, folder, join(folder, `${ENVIRONMENT}-npm.log`), command);
  if (code === 0) return;
  throw new AqueductError(
    'BAD_INPUT',
    `The packages of this extension could not be installed: "npm ${how.join(' ')}" ended with ${code}, and the lines ` +
      'above say why. Mend it, and run the action again.',
  );
}

function dependsOnAnything(manifest: string): boolean {
  let content: unknown;
  try {
    content = JSON.parse(manifest);
  } catch {
    throw new AqueductError('BAD_INPUT', 'The package.json of this extension is no JSON.');
  }
  const { dependencies, optionalDependencies } = Object(content) as Record<string, unknown>;
  return [dependencies, optionalDependencies].some((each) => Object.keys(Object(each)).length > 0);
}

/** As npm notes it itself; what lies elsewhere is linked. */
async function installedIn(modules: string): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; resolved?: string }>;
  };
  const found = Object.entries(packages).flatMap(([path, { version, resolved = '' }]) => {
    const name = path.split(`${MODULES}/`).at(-1);
    return name === path ? [] : [`${name}==${version ?? packages[resolved]?.version}`];
  });
  return [...new Set(found)].sort();
}
