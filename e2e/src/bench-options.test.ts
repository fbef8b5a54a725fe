import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each([
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['more'], "Unexpected argument 'more'"],
  [['--rounds', 'x'], '--rounds takes a number from 1 on; "x" was given.'],
  [['--only', 'nothing'], 'There is no group nothing'],
])('npm run bench -- %j is wrong usage, said in a sentence', (args, text) => {
  const script = ['--conditions=aqueduct-source', 'bench/run.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(text)]);
});
