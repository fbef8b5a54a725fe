import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPythons, type Python } from '../environment/find-pythons.ts';

const execute = promisify(execFile);

/** All Pythons of this machine, also those that pyenv keeps back; newest first. */
export async function allPythons(): Promise<readonly Python[]> {
  const versions = await execute('pyenv', ['versions', '--bare']).catch(() => undefined);
  if (versions) process.env.PYENV_VERSION = versions.stdout.trim().replaceAll('\n', ':');
  return findPythons(false);
}

/** Puts a package of one module into the folder `wheels`, so that pip needs no network. */
export async function addWheel(
  folder: string,
  { name, version, requiresPython }: { name: string; version: string; requiresPython?: string },
): Promise<void> {
  const info = `${name}-${version}.dist-info`;
  const requires = requiresPython ? `Requires-Python: ${requiresPython}\n` : '';
  const files = {
    [`${name}.py`]: `version = "${version}"\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${requires}`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  await mkdir(join(folder, 'wheels'), { recursive: true });
  const write =
    'import json, sys, zipfile\n' +
    'with zipfile.ZipFile(sys.argv[1], "w") as wheel:\n' +
    '    for name, text in json.loads(sys.argv[2]).items(): wheel.writestr(name, text)';
  const path = join(folder, 'wheels', `${name}-${version}-py3-none-any.whl`);
  await execute('python3', ['-c', write, path, JSON.stringify(files)]);
}

/** A `requirements.txt` that takes its packages from the folder `wheels`. */
export async function writeRequirements(folder: string, ...packages: readonly string[]): Promise<void> {
  await mkdir(join(folder, 'wheels'), { recursive: true });
  const lines = ['--no-index', '--find-links wheels', ...packages, ''];
  await writeFile(join(folder, 'requirements.txt'), lines.join('\n'));
}

/** Makes a folder itself a place for modules. */
const BACKEND = `
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "quick-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("quick.pth", os.getcwd())
        wheel.writestr("quick-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: quick\\nVersion: 1.0\\n")
        wheel.writestr("quick-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("quick-1.0.dist-info/RECORD", "")
    return name
`;
const PROJECT = `
[build-system]
requires = []
build-backend = "quick_backend"
backend-path = ["."]

[project]
name = "quick"
version = "1.0"
`;

/** Makes a folder a project that is built by a module of its own, without network. */
export async function addProject(folder: string): Promise<void> {
  await writeFile(join(folder, 'quick_backend.py'), BACKEND);
  await writeFile(join(folder, 'pyproject.toml'), PROJECT);
}
