import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../platform/storage/code-of.ts';
import type { BuildTools } from '../prepare-environment.ts';
import { whileBuilding } from './build-lock.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import {
  isOfThisMachine,
  MARKER,
  type Marker,
  noteUse,
  readMarker,
  writeMarker,
} from './environment-marker.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { installPackages, MODULES } from './install-packages.ts';
import { removeHalfBuilt, removeUnused, switchLink } from './kept-environments.ts';
import { thisMachine } from './machine.ts';
import { type NodeManifest, parseNodeManifest } from './node-manifest.ts';
import { readOptional } from './read-optional.ts';

const PREFIX = `${ENVIRONMENT}.node-`;

const interpreter = `Node ${process.versions.node}`;
/** Of a folder that depends on no packages. */
const nothing: Marker = { madeFor: '', interpreter, packages: [] };

/**
 * Makes sure that what the `package.json` of an extension depends on is in its `node_modules`; whole once the marker is
 * there. Like an environment of Python it is built beside the one that tasks run in, and `node_modules` is a link to it.
 * Where that is no link of ours, it is somebody's own, and npm works in it.
 */
export async function provideNode(folder: string, tools: BuildTools): Promise<Marker> {
  const asked = await readRequirements(folder);
  if (!asked) return nothing;
  const current = await findCurrent(folder, asked.hash);
  if (current) return current;
  return whileBuilding(folder, tools, async () => {
    // Waiting takes as long as another build, and npm reads the files as they are then.
    const requirements = await readRequirements(folder);
    if (!requirements) return nothing;
    const { manifest, isLocked, hash } = requirements;
    // Another task may have built it meanwhile.
    const built = await findCurrent(folder, hash);
    if (built) return built;

    const isTheirs = existsSync(join(folder, MODULES)) && !(await linkedEnvironment(folder));
    const isTied = manifest.isTiedToFolder || existsSync(join(folder, 'binding.gyp'));
    const log = join(folder, `${ENVIRONMENT}-npm.log`);
    const install = async (into: string, marked: string): Promise<Marker> => {
      const packages = await installPackages(into, { log, isLocked }, tools);
      if ((await readRequirements(folder))?.hash !== hash)
        throw changedMeanwhile('package.json or package-lock.json');
      const marker = { madeFor: hash, machine: thisMachine(), interpreter, packages };
      await writeMarker(marked, marker);
      return marker;
    };
    return isTheirs || isTied ? inPlace(folder, install) : aside(folder, install);
  });
}

interface NodeRequirements {
  readonly manifest: NodeManifest;
  /** Whether there is a `package-lock.json`. */
  readonly isLocked: boolean;
  /** Changes whenever they do. */
  readonly hash: string;
}

/** What an extension asks for now; undefined where that is no package at all. */
async function readRequirements(folder: string): Promise<NodeRequirements | undefined> {
  const text = await readOptional(join(folder, 'package.json'));
  const manifest = text === undefined ? undefined : parseNodeManifest(text);
  if (!manifest?.dependsOnAnything) return undefined;
  const lock = await readOptional(join(folder, 'package-lock.json'));
  const hash = createHash('sha256')
    .update(JSON.stringify([text, lock, process.versions.modules]))
    .digest('hex');
  return { manifest, isLocked: lock !== undefined, hash };
}

/** Fills the `node_modules` of a folder, and marks that, or what it is in, as whole. */
type Install = (into: string, marked: string) => Promise<Marker>;

async function inPlace(folder: string, install: Install): Promise<Marker> {
  const modules = join(folder, MODULES);
  // npm would take what our link shows for its own.
  if (await linkedEnvironment(folder)) await rm(modules);
  else await rm(join(modules, MARKER), { force: true });
  return install(folder, modules);
}

async function aside(folder: string, install: Install): Promise<Marker> {
  await removeHalfBuilt(folder, PREFIX);
  // Never the name of one that was there: who removes `node_modules` wants another.
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const environment = join(folder, name);
  let isCurrent = false;
  try {
    await showFiles(folder, environment);
    const marker = await install(environment, environment);
    await switchLink(folder, MODULES, join(name, MODULES));
    isCurrent = true;
    await removeUnused(folder, PREFIX, name);
    return marker;
  } finally {
    if (!isCurrent) await rm(environment, { recursive: true, force: true });
  }
}

/** A `package.json` may name what lies beside it. */
async function showFiles(folder: string, environment: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== MODULES && !name.startsWith(ENVIRONMENT));
  await mkdir(environment);
  for (const name of names) await symlink(join('..', name), join(environment, name));
}

async function findCurrent(folder: string, madeFor: string): Promise<Marker | undefined> {
  const marked = join(folder, (await linkedEnvironment(folder)) ?? MODULES);
  const marker = await readMarker(marked);
  if (marker?.madeFor !== madeFor || !isOfThisMachine(marker)) return undefined;
  await noteUse(marked);
  // It may have been made with an earlier one, which packages can't tell from this.
  return { ...marker, interpreter };
}

/** Name of the environment that `node_modules` is a link to; undefined where it is none of ours. */
async function linkedEnvironment(folder: string): Promise<string | undefined> {
  const target = await readlink(join(folder, MODULES)).catch((error: unknown) => {
    if (!['ENOENT', 'EINVAL'].includes(codeOf(error))) throw error;
    return '';
  });
  return target.startsWith(PREFIX) ? dirname(target) : undefined;
}
