import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, test } from 'vitest';

test.each([
  [[], "'--count <n>' not specified"],
  [['--count', '-1'], "'-1' is invalid. Give a whole number"],
  [['--count=1.5'], "'1.5' is invalid. Give a whole number"],
  [['--count', '5', '--nonsense'], "unknown option '--nonsense'"],
  [['--count', '5', 'more'], 'too many arguments'],
  [['--count', '5', '--data-dir', '/etc/passwd'], "The data folder can't be used: EEXIST"],
  [['--count', '5', '--database-url', 'mysql://x'], 'The flag --database-url must be'],
])('%j is wrong usage, said in a sentence', async (args, text) => {
  const dataDir = await temporaryFolder();
  const { code, output } = populate('--data-dir', dataDir, ...args);
  expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining(text) as string });
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(await readdir(dataDir)).toEqual([]);
});

test('help is no failure, and more than was asked for is told of', async () => {
  expect(populate('--help')).toMatchObject({ code: 0, output: expect.stringContaining('Usage: ') as string });
  const dataDir = join(await temporaryFolder(), 'new');
  const fill = (count: number) => populate('--data-dir', dataDir, '--count', String(count));
  expect(fill(20)).toEqual({ code: 0, output: expect.stringMatching(/^20 experiments after /) as string });
  const already = 'There are 20 sample experiments already: none were added.\n';
  expect(fill(20)).toEqual({ code: 0, output: already });
  expect(fill(3)).toEqual({ code: 0, output: already });
});

test('the folder of experiments is named as the server has it', async () => {
  const parent = await temporaryFolder();
  const args = ['--count', '1', '--data-dir', join(parent, 'data')];
  const elsewhere = ['--experiments-dir', join(parent, 'elsewhere')];
  expect(populate(...args, ...elsewhere).code).toBe(0);
  expect(await readdir(join(parent, 'elsewhere'))).toContain('20210101-1');
  const { code, output } = populate(...args);
  expect({ code, lines: output.trim().split('\n') }).toEqual({
    code: 2,
    lines: [expect.stringContaining('say with --experiments-dir')],
  });
});

test('a variable without effect is told of', async () => {
  const args = ['--data-dir', await temporaryFolder(), '--count', '1'];
  const { code, output } = populateWith({ AQUEDUCT_DATADIR: '/elsewhere' }, args);
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining('AQUEDUCT_DATADIR: unknown setting'),
  });
});

function populate(...args: string[]) {
  // A setting of the server alone, which is none of the command's.
  return populateWith({ AQUEDUCT_HOST: '0.0.0.0' }, args);
}

function populateWith(variables: Record<string, string>, args: readonly string[]) {
  const script = ['--conditions=aqueduct-source', 'scripts/populate.ts', ...args];
  const env = { ...process.env, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', env });
  return { code: status, output: stdout + stderr };
}
