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
  /** What pip is told to install, one call after the other; arguments of `pip install`. */
  readonly installs: readonly (readonly string[])[];
}

/** For scripts that call Python and say no more. */
export const anyPython: PythonRequirements = { hash: '', requiresPython: '', installs: [] };

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
  const { requiresPython, install } = project === undefined ? noProject : readProject(project);
  return {
    hash: createHash('sha256')
      .update(JSON.stringify([list, project]))
      .digest('hex'),
    requiresPython,
    installs: [
      ...(list === undefined ? [] : [['-r', 'requirements.txt']]),
      ...(install.length > 0 ? [install] : []),
    ],
  };
}

interface Project {
  readonly requiresPython: string;
  readonly install: readonly string[];
}

const noProject: Project = { requiresPython: '', install: [] };

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
  if (isTable(content['build-system'])) return { requiresPython, install: ['--editable', '.'] };
  const dependencies = project.dependencies ?? [];
  if (!Array.isArray(dependencies) || !dependencies.every((each) => typeof each === 'string')) {
    throw new AqueductError('BAD_INPUT', 'pyproject.toml: project.dependencies must be a list of texts.');
  }
  return { requiresPython, install: dependencies };
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
