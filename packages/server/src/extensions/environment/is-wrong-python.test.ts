import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { prepare } from '../testing/prepare.ts';
import { addWheel, allPythons } from '../testing/python-packages.ts';
import { isWrongPython } from './is-wrong-python.ts';

/** What pip says where no version of a package will do. */
const notFound = (requirement: string, ...leftOut: readonly string[]) =>
  `Looking in indexes: http://localhost/index
ERROR: Ignored the following versions that require a different python version: ${leftOut.join('; ')}
ERROR: Could not find a version that satisfies the requirement ${requirement} (from versions: 2.0)
ERROR: No matching distribution found for ${requirement}
`;
const LEFT_OUT = [
  '1.0 Requires-Python >=3.13',
  '3.0 Requires-Python <3.11,>=3.8',
  '3.1 Requires-Python <3.9',
];

test.each([
  'late==1.0',
  'late',
  'late>2',
  'late<2,>=0.5',
  'late[fast,small]==3.*',
  'late==1.0; python_version > "3"',
  'late==1.0 (from other)',
])('pip left out what would satisfy %s', (requirement) => {
  expect(isWrongPython(notFound(requirement, ...LEFT_OUT))).toBe(true);
});

test.each([
  'late==99.0',
  'late>=4',
  'late[fast]==99',
  'late==99; python_version > "3"',
  'late>=5 (from other)',
])('no Python has %s', (requirement) => {
  expect(isWrongPython(notFound(requirement, ...LEFT_OUT))).toBe(false);
});

test.each<[is: boolean, output: string]>([
  [true, "ERROR: Package 'picky' requires a different Python: 3.11.7 not in '<3.11,>=3.8'\n"],
  [
    true,
    `  × No solution found when resolving dependencies:
  ╰─▶ Because the other packages agree and because the current Python
      version (3.11.7) does not
      satisfy Python>=3.13 and late==1.0 depends on Python>=3.13, we can conclude that
      late==1.0 cannot be used.
`,
  ],
  [
    false,
    `error: No solution found when resolving dependencies
  cause: Because there is no version of late==99.0 and you require late==99.0, we can conclude that your requirements are unsatisfiable.
`,
  ],
  [
    false,
    `ERROR: Could not find a version that satisfies the requirement absent==1.0 (from versions: none)
ERROR: No matching distribution found for absent==1.0
`,
  ],
])('%s of other words of pip and uv', (is, output) => {
  expect(isWrongPython(output)).toBe(is);
});

test.skipIf((await allPythons()).length === 0)(
  'a version that was never released is not looked for with every Python of the server',
  { timeout: 120_000 },
  async () => {
    const folder = join(await temporaryFolder(), 'lab');
    await mkdir(folder);
    await addWheel(folder, { name: 'late', version: '1.0', requiresPython: '>=4' });
    const wheel = 'late-1.0-py3-none-any.whl';
    const link = `<a href="${wheel}" data-requires-python="&gt;=4">${wheel}</a>`;
    await writeFile(join(folder, 'wheels', 'index.html'), `<!DOCTYPE html><html><body>${link}</body></html>`);
    const lines = ['--no-index', '--find-links wheels/index.html', 'late==99.0', ''];
    await writeFile(join(folder, 'requirements.txt'), lines.join('\n'));
    const failure: unknown = await prepare(folder, '$python').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/could not be built: ".* -r requirements\.txt" ended with 1/),
      log: expect.not.stringContaining('is not what its packages accept'),
    });
  },
);
