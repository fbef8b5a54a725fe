import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { callsInterpreter, replaceInterpreters } from './replace-interpreters.ts';

const execute = promisify(execFile);

test.each<[script: string, isCalled: boolean]>([
  ['$python fit.py', true],
  [`cd src && \${python} fit.py`, true],
  ['"$python" fit.py', true],
  ["bash -c '$python fit.py'", true],
  ['$python', true],
  ['$python-m', true],
  ['\\\\$python fit.py', true],
  ['python fit.py', false],
  ['$python3 fit.py', false],
  ['$python_version', false],
  [`\${python_version}`, false],
  [`\${python:-python3}`, false],
  ['\\$python', false],
  ['echo $$python', false],
  ['$node fit.ts', false],
])('%s calls Python: %s', (script, isCalled) => {
  expect(callsInterpreter(script, 'python')).toBe(isCalled);
});

test('plain paths are put in as they are, wherever they stand', () => {
  const script = `$python a.py; "\${node}" b.ts; sh -c '$python c.py'; echo \\$python $python3`;
  expect(replaceInterpreters(script, { python: '/opt/x/bin/python', node: '/usr/bin/node' })).toBe(
    `/opt/x/bin/python a.py; "/usr/bin/node" b.ts; sh -c '/opt/x/bin/python c.py'; echo \\$python $python3`,
  );
  expect(replaceInterpreters('$python $node', { node: '/usr/bin/node' })).toBe('$python /usr/bin/node');
});

describe('a path that a shell would take apart', () => {
  let python = '';
  beforeAll(async () => {
    const folder = join(await temporaryFolder(), `the "lab's" $HOME \`x\` \\ tools`);
    python = join(folder, 'python');
    await mkdir(folder);
    await writeFile(python, '#!/bin/sh\nfor each in "$@"; do printf "<%s>" "$each"; done\n');
    await chmod(python, 0o755);
  });

  test.each<[script: string, output: string]>([
    ['$python a "b c"', '<a><b c>'],
    ['"$python" a "b c"', '<a><b c>'],
    [`\${python} "it's" '"'`, `<it's><">`],
    [`"\${python}" a`, '<a>'],
    ['sh -c \'$python a "b c"\'', '<a><b c>'],
    ["# it's a comment\n$python a", '<a>'],
    ['true#no; $python "a#b" # c "d', '<a#b>'],
    ['echo "x $(printf y)" >/dev/null; $python "\\"" a', '<"><a>'],
    ["$python 'a\\' b", '<a\\><b>'],
    ['if true; then\n  $python a\nfi', '<a>'],
    ['"$python" "$($python a)" "$(echo "$("$python" b)")"', '<<a>><<b>>'],
    ['(cd / && $python a) && $python $((1 + 2)) "it\'s)"', "<a><3><it's)>"],
    ['((x = 1)) 2>/dev/null; ( ( "$python" a ) ); echo "$((1 + (2)))" >/dev/null; $python b', '<a><b>'],
    ['x="(\'"; $python a # it\'s\n$python b', '<a><b>'],
  ])('%s', async (script, output) => {
    const { stdout } = await execute('sh', ['-c', replaceInterpreters(script, { python })]);
    expect(stdout).toBe(output);
  });
});
