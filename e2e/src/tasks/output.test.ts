import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases } from '@aqueduct/server/testing';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { howOften } from '../faults/how-often.ts';
import { graphql } from '../graphql-client.ts';
import { ScriptServer } from './script-server.ts';

const MIB = 1024 * 1024;
/** Printed by one task: a gigabyte in the long form. */
const FLOOD_MIB = howOften(200, 1024);
const MOST_RESIDENT_MIB = 280;
/** Two answers of 10 MiB, each some times over on its way from the database to the line. */
const MOST_RESIDENT_READING_MIB = 300;
/** How many wait at once, each for twice 10 MiB, and what all of that may take. */
const WAITING = [
  [1, 300],
  [4, 420],
] as const;

describe.each(databases)('what a task prints, on %s', (database) => {
  test('is read while it runs, in order, and whole after the end', async () => {
    const running = await ScriptServer.start(
      { talks: 'for i in 1 2 3; do echo out $i; sleep 0.15; echo err $i >&2; sleep 0.15; done; cat' },
      { database },
    );
    const uuid = await running.submit('talks');
    await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('out 2');
    const live = await running.task(uuid);
    if (live.taskStatus === 'STARTED') expect([live.stdOut, live.stdErr]).toEqual([null, null]);
    const ended = await running.end(uuid);
    expect(ended.stdOut).toBe('out 1\nout 2\nout 3\n');
    expect(ended.stdErr).toBe('err 1\nerr 2\nerr 3\n');
    expect(await running.printed(uuid)).toBe('out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n');
  });

  test('is text, whatever its bytes', async () => {
    const running = await ScriptServer.start(
      { bytes: String.raw`printf 'a\377b\0c\303'; sleep 0.2; printf '\244d\303'` },
      { database },
    );
    expect((await running.end(await running.submit('bytes'))).stdOut).toBe('a\ufffdb\0cäd\ufffd');
  });

  test('is cut off at a bound, with a mark, in characters', async () => {
    const running = await ScriptServer.start(
      { flood: `yes ä | head -c 50000; echo "still here" >&2; exit 3` },
      { database, env: { AQUEDUCT_TASK_OUTPUT_MAX_BYTES: '10000' } },
    );
    const ended = await running.end(await running.submit('flood'));
    expect(ended).toMatchObject({ taskStatus: 'FAILURE', resultCode: 3, stdErr: 'still here\n' });
    expect(ended.stdOut).toMatch(/^(ä\n)+ä?\n?\n\[Output beyond 10000 bytes is not kept\.\]\n$/);
    expect(ended.stdOut).not.toContain('\ufffd');
  });

  test('is given whole for one task, however much the setting keeps', async () => {
    const running = await ScriptServer.start(
      { flood: `head -c ${40 * MIB} /dev/zero | tr '\\0' x | tee /dev/stderr` },
      { database, env: { AQUEDUCT_TASK_OUTPUT_MAX_BYTES: '40MiB' } },
    );
    const { taskStatus, stdOut, stdErr } = await running.end(await running.submit('flood'));
    expect([taskStatus, stdOut?.length, stdErr?.length]).toEqual(['SUCCESS', 40 * MIB, 40 * MIB]);
  });

  test.each(WAITING)(
    '%i at once that wait for long outputs take little more memory than these',
    async (calls, most) => {
      const flood = (character: string) => `head -c ${12 * MIB} /dev/zero | tr '\\0' ${character}`;
      const running = await ScriptServer.start(
        {
          flood: `${flood('x')}; ${flood('y')} >&2; touch printed-$$; while [ ! -e go ]; do sleep 0.02; done`,
        },
        { database },
      );
      const answers = Array.from({ length: calls }, () => running.execute('flood'));
      const printed = async () =>
        (await readdir(running.folder)).filter((name) => name.startsWith('printed-')).length;
      await expect.poll(printed, { timeout: 30_000 }).toBe(calls);
      const whilePrinting = mostResident(running);
      await writeFile(join(running.folder, 'go'), '');
      const mark = `\n[Output beyond ${10 * MIB} bytes is not kept.]\n`;
      for (const { data, errors } of await Promise.all(answers)) {
        expect(errors).toBeUndefined();
        const { stdout, stderr, logFile } = data?.executeExtension ?? { stdout: '', stderr: '', logFile: '' };
        expect(stdout === 'x'.repeat(10 * MIB) + mark).toBe(true);
        expect(stderr === 'y'.repeat(10 * MIB) + mark).toBe(true);
        const log = await readFile(
          join(running.server.dataDir, 'experiments', running.experiment.eid, logFile),
          'utf8',
        );
        expect(log === `result code:\n0\n======\nstdout:\n${stdout}\n======\nstderr:\n${stderr}\n`).toBe(
          true,
        );
      }
      const withAnswers = mostResident(running);
      console.log(
        `${database}, ${calls} at once: peak ${whilePrinting} MiB resident, ${withAnswers} MiB with their answers`,
      );
      expect(withAnswers).toBeLessThan(most);
    },
  );
});

/** Prints until nobody has taken anything for half a second, and ends. */
const FILLS_ITS_PIPE = `
const { existsSync, writeFileSync, writeSync } = require('node:fs');
const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
while (!existsSync('go')) wait();
process.stdout; // From here on, writing fails where it would have to wait.
let printed = 0;
for (let last = Date.now(); Date.now() < last + 500; ) {
  try {
    printed += writeSync(1, '0123456789'.repeat(100));
    last = Date.now();
  } catch {
    wait();
  }
}
writeFileSync('printed', String(printed));
`;

test('is whole where the database is locked while the script ends', async () => {
  const running = await ScriptServer.start({ fills: `echo begin >&2; ${process.execPath} fill.cjs` });
  await writeFile(join(running.folder, 'fill.cjs'), FILLS_ITS_PIPE);
  const uuid = await running.submit('fills');
  await expect.poll(() => running.printed(uuid)).toBe('begin\n');
  const other = new Sqlite(join(running.server.dataDir, 'aqueduct.db'), { timeout: 5000 });
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  await writeFile(join(running.folder, 'go'), '');
  const printed = () => readFile(join(running.folder, 'printed'), 'utf8').catch(() => '');
  await expect.poll(printed).not.toBe('');
  await sleep(1000);
  other.exec('rollback');
  const { taskStatus, stdOut } = await running.end(uuid);
  expect({ taskStatus, kept: stdOut?.length }).toEqual({
    taskStatus: 'SUCCESS',
    kept: Number(await printed()),
  });
});

test('does not show the token of the task', async () => {
  const running = await ScriptServer.start({
    tells:
      'printf %s "$API_TOKEN"; sleep 0.1; printf %s "$(echo $api_token | cut -c1-30)"; sleep 0.2; echo "$api_token" | cut -c31- ; env | grep -c "^aqueduct_key=aqd_"',
  });
  const { stdOut } = await running.end(await running.submit('tells'));
  expect(stdOut).toBe('******\n1\n');
});

test(`${FLOOD_MIB} MiB in one task leave memory flat, and the server answers`, {
  timeout: 300_000,
}, async () => {
  const running = await ScriptServer.start({
    flood: `head -c ${FLOOD_MIB * MIB} /dev/zero | tr '\\0' 'x'; exit 7`,
    lines: `yes 0123456789 | head -c ${FLOOD_MIB * MIB}`,
  });
  const tasks = [await running.submit('flood'), await running.submit('lines')];
  const answers: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now();
      await graphql(running.url, '{ getCurrentUserInfo { username } }');
      answers.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  // What is printed is in no answer until the end.
  await Promise.all(tasks.map((uuid) => running.done(uuid, 200_000)));
  const whilePrinting = mostResident(running);
  const [first] = await Promise.all(tasks.map((uuid) => running.end(uuid)));
  const withReading = mostResident(running);
  isOver = true;
  await asking;
  const p95 = answers.toSorted((a, b) => a - b)[Math.floor(answers.length * 0.95)] ?? 0;
  expect(first).toMatchObject({ taskStatus: 'FAILURE', resultCode: 7 });
  expect(first?.stdOut?.length).toBeLessThan(10 * MIB + 100);
  console.log(
    `peak ${whilePrinting} MiB resident, ${withReading} MiB when both are read at once, ` +
      `p95 of other answers ${Math.round(p95)} ms`,
  );
  expect(whilePrinting).toBeLessThan(MOST_RESIDENT_MIB);
  expect(withReading).toBeLessThan(MOST_RESIDENT_READING_MIB);
  expect(p95).toBeLessThan(1000);
});

/** The most memory that a server has had, in MiB. */
function mostResident({ server }: ScriptServer): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}
