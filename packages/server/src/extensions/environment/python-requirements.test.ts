import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { readPythonRequirements } from './python-requirements.ts';

const DEPENDENCIES =
  '[project]\nname = "fit"\nversion = "1"\ndependencies = ["Rabi.Lab[fast]>=2", "torch==2.1"]\n';
const BUILD = '[build-system]\nrequires = ["setuptools"]\n';
const names = ['Rabi.Lab[fast]>=2', 'torch==2.1'];
const itself = ['--editable', '.'];
const file = ['-r', 'pyproject.toml'];

test.each<[what: string, project: string, pip: string[], uv: string[], onlyForUv: string[]]>([
  ['without sources', DEPENDENCIES, names, names, []],
  ['with another registry', `${DEPENDENCIES}${sources('torch = { index = "cpu" }')}`, names, file, []],
  ['with a folder', `${DEPENDENCIES}${sources('rabi-lab = { path = "../lab" }')}`, names, file, ['rabi-lab']],
  [
    'with one for each system',
    `${DEPENDENCIES}${sources('rabi_lab = [{ index = "a", marker = "x" }, { git = "https://x/" }]')}`,
    names,
    file,
    ['rabi-lab'],
  ],
  [
    'with one of what it does not need',
    `${DEPENDENCIES}${sources('ruff = { path = "r" }')}`,
    names,
    file,
    [],
  ],
  [
    'that is a package',
    `${DEPENDENCIES}${BUILD}${sources('RABI-Lab = { workspace = true }')}`,
    itself,
    itself,
    ['rabi-lab'],
  ],
])(
  'a project %s is installed by pip and by uv so that each finds its packages',
  async (_, project, pip, uv, onlyForUv) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'pyproject.toml'), project);
    expect(await readPythonRequirements(folder)).toMatchObject({
      installs: { pip: [pip], uv: [uv] },
      onlyForUv,
    });
  },
);

function sources(line: string): string {
  return `[tool.uv.sources]\n${line}\n`;
}
