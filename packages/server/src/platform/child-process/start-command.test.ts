import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ProgramPipes } from './program-pipes.ts';
import { type OutputTaker, startCommand } from './start-command.ts';

/** Runs a script; what it leaves behind goes with the test. */
async function run(script: string, take: OutputTaker) {
  const env = { PATH: process.env.PATH ?? '' };
  const pipes = new ProgramPipes();
  const { pid, ended } = await startCommand({ file: 'sh', args: ['-c', script], cwd: '/', env }, take, pipes);
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing was left.
    }
  });
  const started = performance.now();
  const code = await ended;
  return { code, ms: performance.now() - started };
}

test('all that a program printed is given, however long that is made to wait after its end', async () => {
  let given = 0;
  const { code } = await run("head -c 150000 /dev/zero | tr '\\0' x; head -c 9 /dev/zero >&2", (_, bytes) => {
    given += bytes.length;
    return sleep(600).then(() => undefined);
  });
  expect({ code, given }).toEqual({ code: 0, given: 150_009 });
});

test('a program can open its outputs by their names', async () => {
  let text = '';
  const { code } = await run('echo out >/dev/stdout && echo err >/dev/stderr', (stream, bytes) => {
    text += `${stream} ${Buffer.from(bytes)}`;
    return undefined;
  });
  expect({ code, text }).toEqual({
    code: 0,
    text: expect.stringMatching(/^(1 out\n2 err\n|2 err\n1 out\n)$/),
  });
});

test('what others print after the end of a program is given until they are silent', async () => {
  let text = '';
  const script = '(for i in 1 2 3 4; do sleep 0.15; echo $i; done; sleep 60) & echo 0; exit 3';
  const { code, ms } = await run(script, (_, bytes) => {
    text += Buffer.from(bytes).toString();
    return undefined;
  });
  expect({ code, text }).toEqual({ code: 3, text: '0\n1\n2\n3\n4\n' });
  expect(ms).toBeLessThan(3000);
});

test.each([
  ['nothing', 'sleep 60', 1500],
  ['little by little, for ever', 'while true; do echo on and on; sleep 0.05; done', 5000],
  ['as much as it can, for ever', 'yes on and on', 10_000],
])('a program has ended though another holds its pipes and prints %s', async (_name, other, withinMs) => {
  let text = '';
  const { code, ms } = await run(`echo own; (${other}) & exit 3`, (_, bytes) => {
    if (text.length < 100) text += Buffer.from(bytes).toString();
    return sleep(1).then(() => undefined);
  });
  expect(code).toBe(3);
  expect(text).toContain('own\n');
  expect(ms).toBeLessThan(withinMs);
});
