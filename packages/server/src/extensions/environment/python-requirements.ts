import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validRange } from '@renovatebot/pep440';
import { parse, TomlError } from 'smol-toml';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { requireFiles } from '../require-files.ts';
import { readOptional } from './read-optional.ts';

/** What an extension asks of its Python environment. */
export interface PythonRequirements {
  /** Changes whenever the requirements do. */
  readonly hash: string;
  /** Which Pythons will do, as PEP 440 writes it; empty means any. */
  readonly requiresPython: string;
  /** What pip or uv is told to install, one call after the other; arguments of `pip install`. */
  readonly installs: { readonly pip: Installs; readonly uv: Installs };
  /** Packages that come from elsewhere than a registry, which uv alone is told where. */
  readonly onlyForUv: readonly string[];
}

type Installs = readonly (readonly string[])[];

/** For scripts that call Python and say no more. */
export const anyPython: PythonRequirements = {
  hash: '',
  requiresPython: '',
  installs: { pip: [], uv: [] },
  onlyForUv: [],
};

/**
 * Reads what an extension asks for; undefined where it has neither `requirements.txt` nor `pyproject.toml`.
 *
 * @throws AqueductError `BAD_INPUT` when one of them is no file, or the latter can't be understood
 */
export async function readPythonRequirements(folder: string): Promise<PythonRequirements | undefined> {
  const names = ['requirements.txt', 'pyproject.toml'];
  const paths = names.map((name) => join(folder, name));
  // Most have none, which is seen at once.
  if (!paths.some((path) => existsSync(path))) return undefined;
  requireFiles(folder, names);
  const [list, project] = await Promise.all(paths.map(readOptional));
  if (list === undefined && project === undefined) return undefined;
  const { requiresPython, install, onlyForUv } = project === undefined ? noProject : readProject(project);
  const installs = (ofProject: readonly string[]) => [
    ...(list === undefined ? [] : [['-r', 'requirements.txt']]),
    ...(ofProject.length > 0 ? [ofProject] : []),
  ];
  return {
    hash: createHash('sha256')
      .update(JSON.stringify([list, project]))
      .digest('hex'),
    requiresPython,
    installs: { pip: installs(install.pip), uv: installs(install.uv) },
    onlyForUv,
  };
}

interface Project {
  readonly requiresPython: string;
  readonly install: { readonly pip: readonly string[]; readonly uv: readonly string[] };
  readonly onlyForUv: readonly string[];
}

const noProject: Project = { requiresPython: '', install: { pip: [], uv: [] }, onlyForUv: [] };

/**
 * A project that says how it is built is installed itself, in a way that sees later changes of its code; of any other,
 * what it depends on.
 */
function readProject(text: string): Project {
  const content = parseToml(text);
  const project = isTable(content.project) ? content.project : {};
  const requiresPython = project['requires-python'] ?? '';
  if (typeof requiresPython !== 'string' || (requiresPython !== '' && !validRange(requiresPython))) {
    throw new AqueductError(
      'BAD_INPUT',
      `pyproject.toml: requires-python must be a range of versions such as ">=3.9,<3.12", but is ${JSON.stringify(requiresPython)}.`,
    );
  }
  const dependencies = project.dependencies ?? [];
  const sources = sourcesForUv(content);
  if (isTable(content['build-system'])) {
    const itself = ['--editable', '.'];
    const onlyForUv = namesAmong(dependencies, sources);
    return { requiresPython, install: { pip: itself, uv: itself }, onlyForUv };
  }
  if (!Array.isArray(dependencies) || !dependencies.every((each) => typeof each === 'string')) {
    throw new AqueductError('BAD_INPUT', 'pyproject.toml: project.dependencies must be a list of texts.');
  }
  // uv looks for the sources of what it finds in the file, not of what it is told.
  const forUv = Object.keys(sources).length > 0 ? ['-r', 'pyproject.toml'] : dependencies;
  return {
    requiresPython,
    install: { pip: dependencies, uv: forUv },
    onlyForUv: namesAmong(dependencies, sources),
  };
}

/** `[tool.uv.sources]`: where packages come from, by their names. */
function sourcesForUv({ tool }: Record<string, unknown>): Record<string, unknown> {
  const { uv } = isTable(tool) ? tool : {};
  return isTable(uv) && isTable(uv.sources) ? uv.sources : {};
}

/** The packages among dependencies that have a source which is no registry. */
function namesAmong(dependencies: unknown, sources: Record<string, unknown>): string[] {
  const asked = new Set(
    [dependencies].flat().map((each) => plainName(/^[\w.-]*/.exec(String(each))?.[0] ?? '')),
  );
  return Object.entries(sources)
    .filter(([, source]) => ![source].flat().every((each) => isTable(each) && 'index' in each))
    .map(([name]) => plainName(name))
    .filter((name) => asked.has(name));
}

/** A name of a package as it is compared: letters of either case are alike, and so are `-`, `_` and `.`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new AqueductError(
      'BAD_INPUT',
      `pyproject.toml, line ${error.line}: ${error.message.split('\n')[0]}`,
    );
  }
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
