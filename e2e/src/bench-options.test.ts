import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, test } from 'vitest';

test.each([
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['more'], "Unexpected argument 'more'"],
  [['--rounds', 'x'], '--rounds takes a number from 1 on; "x" was given.'],
  [['--rounds', '1.5'], '--rounds takes a whole number; "1.5" was given.'],
  [['--only', 'nothing'], 'There is no group nothing'],
  [['--only', 'lists,toString'], 'There is no group toString'],
  [['--json', 'README.md/results'], 'Nothing was measured: ENOTDIR'],
  [['--keep', 'README.md'], 'Nothing was measured: EEXIST'],
])('npm run bench -- %j is wrong usage, said in a sentence', (args, text) => {
  const script = ['--conditions=aqueduct-source', 'bench/run.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(text)]);
});

test('the bench ends with 1 where a target is missed', () => {
  // With so small a file, it is: most of the time goes into what comes before the bytes.
  const script = ['--conditions=aqueduct-source', 'bench/run.ts', '--only', 'large-files'];
  const options = ['--rounds', '1', '--file-mib', '1'];
  const { status, stdout } = spawnSync(process.execPath, [...script, ...options], { encoding: 'utf8' });
  expect(stdout).toContain('from the last byte to the answer');
  expect(status).toBe(stdout.includes('MISSED') ? 1 : 0);
});

test('an interrupted bench leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const bench = spawn(process.execPath, ['--conditions=aqueduct-source', 'bench/run.ts', '--only', 'lists'], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(bench.stderr, 'data');
  expect(await readdir(folder)).toHaveLength(1);
  bench.kill('SIGINT');
  await once(bench, 'exit');
  expect(await readdir(folder)).toEqual([]);
});
