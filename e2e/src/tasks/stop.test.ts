import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, onTestFinished, test } from 'vitest';
import { CTRL_C, IN_TERMINAL } from '../faults/terminal.ts';
import { canProvoke, olderNode } from '../faults/tools.ts';
import { graphql } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { processesOf, processesWith } from './find-marked.ts';
import { ScriptServer } from './script-server.ts';

const SCRIPTS = {
  rests: `trap 'sleep 1; echo rested > rested; exit 0' INT; echo begin; while :; do sleep 0.1; done`,
  'ignores what it can': `trap '' INT TERM HUP; echo begin; sleep 600 & while :; do sleep 1; done`,
};
/** From SIGINT to SIGKILL: see docs/operation.md. */
const LADDER_MS = 6000;
const VERY_MANY = 100;
const hasTerminal = canProvoke('Ctrl-C and the end of a terminal', 'terminal', 'processes');
const hasOlder = hasTerminal && canProvoke('Ctrl-C where an older Node started the server', 'olderNode');

test('signals that come at once are one: a task has its time to bring an instrument to rest', async () => {
  const { running, uuid } = await serverWith('rests');
  const { child } = running.server;
  for (let i = 0; i < 3; i += 1) {
    child.kill('SIGINT');
    await sleep(50);
  }
  expect(await endOf(running)).toBe(0);
  expectRested(running, uuid);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends the server after its tasks', async (signal) => {
  const { running, uuid } = await serverWith('rests');
  running.server.child.kill(signal);
  expect(await endOf(running)).toBe(0);
  expectRested(running, uuid);
});

test('a second signal ends the server at once, and its tasks', async () => {
  const { running, uuid } = await serverWith('ignores what it can');
  running.server.child.kill('SIGINT');
  await sleep(1500);
  expect(processesOf(uuid)).not.toEqual([]);
  running.server.child.kill('SIGINT');
  const asked = performance.now();
  expect(await endOf(running)).toBe(1);
  expect(processesOf(uuid)).toEqual([]);
  expect(performance.now() - asked).toBeLessThan(LADDER_MS - 1500);
});

test('a second signal ends also very many tasks', async () => {
  const { running } = await serverWith('ignores what it can', { AQUEDUCT_TASKS_AT_ONCE: String(VERY_MANY) });
  const tasks = await Promise.all(
    Array.from({ length: VERY_MANY - 1 }, () => running.submit('ignores what it can')),
  );
  onTestFinished(() => {
    for (const pid of processesOf(...tasks)) process.kill(pid, 'SIGKILL');
  });
  for (const uuid of tasks) await expect.poll(() => running.printed(uuid)).toContain('begin');
  running.server.child.kill('SIGINT');
  await sleep(1500);
  running.server.child.kill('SIGINT');
  expect(await endOf(running)).toBe(1);
  expect(processesOf(...tasks)).toEqual([]);
});

/** When it is told to end, it waits for a file, and brings in what it has measured. */
const bringsIn = (experimentUuid: string) => `
  import { existsSync } from 'node:fs';
  const bringIn = async () => {
    console.log('told');
    while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20));
    const form = new FormData();
    form.append('file', new Blob(['half of it']), 'x');
    const headers = { authorization: 'Bearer ' + process.env.API_TOKEN, 'x-file-name': 'partial.txt' };
    const url = process.env.AQUEDUCT_URL + 'api/files/${experimentUuid}';
    const { status } = await fetch(url, { method: 'POST', headers, body: form });
    console.log('brought in', status);
    process.exit();
  };
  process.once('SIGINT', bringIn);
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 1000);
  console.log('begin');`;

test('a task that is told to end by the stop of the server still reaches it; nobody starts more', async () => {
  const running = await ScriptServer.start({ measures: `exec ${process.execPath} measure.mjs` });
  await writeFile(join(running.folder, 'measure.mjs'), bringsIn(running.experiment.uuid));
  const uuid = await running.submit('measures');
  await expect.poll(() => running.printed(uuid)).toContain('begin');
  running.server.child.kill('SIGTERM');
  await expect.poll(() => running.printed(uuid)).toContain('told');
  await expect(running.submit('measures')).rejects.toThrow(
    /being stopped and takes no more tasks.*UNAVAILABLE/,
  );
  await writeFile(join(running.folder, 'go'), '');
  expect(await endOf(running)).toBe(0);

  await running.killAndRestart();
  expect(await running.printed(uuid)).toBe(
    'begin\ntold\nbrought in 200\nThe task was ended: the server was stopped.\n',
  );
  const file = await fetch(`${running.url}/api/files/${running.experiment.uuid}/partial.txt`);
  expect(await file.text()).toBe('half of it');
});

test('who waits for a task that the server did not begin is told so when it stops', async () => {
  const { running } = await serverWith('rests', { AQUEDUCT_TASKS_AT_ONCE: '1' });
  const waiting = running.execute('rests');
  await expect.poll(() => running.states()).toEqual(['PENDING', 'STARTED']);
  const asked = performance.now();
  running.server.child.kill('SIGTERM');
  const { errors } = await waiting;
  expect(errors?.[0]?.message).toMatch(/being stopped before the task .* has ended.*is back/);
  expect(await endOf(running)).toBe(0);
  expect(performance.now() - asked).toBeLessThan(LADDER_MS);
});

test('a bound on requests is none on the end of tasks', async () => {
  const { running, uuid } = await serverWith('ignores what it can', { AQUEDUCT_SHUTDOWN_SECONDS: '1' });
  const watched = await fetch(`${running.url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { taskUpdated { uuid } }' }),
  });
  const watchedUntil = watched.text().then(
    () => performance.now(),
    () => performance.now(),
  );
  const asked = performance.now();
  running.server.child.kill('SIGTERM');
  expect(await endOf(running)).toBe(0);
  expect(processesOf(uuid)).toEqual([]);
  expect(performance.now() - asked).toBeGreaterThan(LADDER_MS);
  expect((await watchedUntil) - asked).toBeLessThan(LADDER_MS);
  expect(running.server.output()).not.toContain('are cut');
});

test.runIf(hasTerminal)('Ctrl-C on npm start ends the server after its tasks', () =>
  expectRestAfterCtrlC(process.execPath),
);

// It passes Ctrl-C on, and npm does: the server gets it three times.
test.runIf(hasOlder)('Ctrl-C on npm start by an older Node ends the server after its tasks', () =>
  expectRestAfterCtrlC(olderNode() ?? ''),
);

test.runIf(hasTerminal).each(['text', 'json'])(
  'a terminal that is closed, with logs as %s',
  async (format) => {
    const { running, uuid } = await serverWith('rests', { AQUEDUCT_LOG_FORMAT: format }, IN_TERMINAL);
    const { dataDir } = running.server;
    running.server.child.kill('SIGKILL');
    await expect.poll(() => processesWith(dataDir)).toEqual([]);
    expectRested(running, uuid);
    const again = await startServer({ dataDir });
    onTestFinished(async () => void (await again.stop()));
    const { data } = await graphql(again.url, `{ task(taskId: "${uuid}") { stdErr } }`);
    expect(data).toEqual({ task: { stdErr: 'The task was ended: the server was stopped.\n' } });
  },
);

async function serverWith(
  action: keyof typeof SCRIPTS,
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
): Promise<{ running: ScriptServer; uuid: string }> {
  const running = await ScriptServer.start(SCRIPTS, { env, under });
  const uuid = await running.submit(action);
  onTestFinished(() => {
    for (const pid of processesOf(uuid)) process.kill(pid, 'SIGKILL');
  });
  await expect.poll(() => running.printed(uuid)).toContain('begin');
  return { running, uuid };
}

/** The code with which the server ends. */
async function endOf({ server: { child } }: ScriptServer): Promise<number | null> {
  await expect.poll(() => child.exitCode ?? child.signalCode, { interval: 10 }).not.toBeNull();
  return child.exitCode;
}

function expectRested({ folder }: ScriptServer, uuid: string): void {
  expect({ rested: existsSync(join(folder, 'rested')), left: processesOf(uuid) }).toEqual({
    rested: true,
    left: [],
  });
}

async function expectRestAfterCtrlC(node: string): Promise<void> {
  const { running, uuid } = await serverWith('rests', {}, [...IN_TERMINAL, ...(await npmStart(node))]);
  running.server.child.stdin?.write(CTRL_C);
  expect(await endOf(running), running.server.output()).toBe(0);
  expectRested(running, uuid);
}

/** As `npm start` of this project; here the command follows, by another Node than that which is to run it. */
async function npmStart(node: string): Promise<string[]> {
  const folder = await temporaryFolder();
  const start = `run() { shift; exec ${node} "$@"; }; run`;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { start } }));
  return ['npm', '--prefix', folder, '--no-update-notifier', 'start', '--'];
}
