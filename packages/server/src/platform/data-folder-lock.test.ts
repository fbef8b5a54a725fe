import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/test-database.ts';
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';

const PAIRS = 20;
const MODULE = new URL('./data-folder-lock.ts', import.meta.url).href;
/** Takes the lock of each folder that it is told of, and keeps it. */
const STARTER = `
  import { lockDataFolder } from ${JSON.stringify(MODULE)};
  const kept = [];
  process.on('message', async (folder) => {
    const answer = await lockDataFolder(folder).then(
      (lock) => kept.push(lock) && 'got it',
      ({ message }) => message,
    );
    process.send({ folder, answer });
  });
  process.send('ready');
`;
/** No file may become larger, as on a full disk. */
const WITHOUT_ROOM = ['sh', '-c', 'ulimit -f 0; exec "$0" "$@"'];

const starters: ChildProcess[] = [];
afterAll(() => {
  for (const starter of starters) starter.kill('SIGKILL');
});

test(`of two that start at once on a new folder exactly one gets it (${PAIRS} times)`, async () => {
  const two = await Promise.all([startStarter(), startStarter()]);
  const folders = await Promise.all(Array.from({ length: PAIRS }, temporaryFolder));
  await Promise.all(
    folders.map(async (folder) => {
      const answers = await Promise.all(two.map((starter) => tell(starter, folder)));
      expect(answers.filter((answer) => answer === 'got it')).toHaveLength(1);
      const holder = two[answers.indexOf('got it')];
      const refusal = `Another Aqueduct server (process ${holder?.pid}) uses the data folder ${folder}. `;
      expect(answers.toSorted()).toEqual([expect.stringContaining(refusal), 'got it']);
    }),
  );
});

test('a folder that another one leaves in a moment is waited for', async () => {
  const folder = await temporaryFolder();
  const before = await lockDataFolder(folder);
  const after: Promise<DataFolderLock> = lockDataFolder(folder);
  setTimeout(() => before.release(), 300);
  (await after).release();
});

test('on a disk without room it is taken all the same, by one', async () => {
  const roomless = await startStarter(WITHOUT_ROOM);
  const folder = await temporaryFolder();
  const before = await lockDataFolder(folder);
  expect(await tell(roomless, folder)).toContain('Another Aqueduct server');
  before.release();
  expect(await tell(roomless, folder)).toBe('got it');
  await expect(lockDataFolder(folder)).rejects.toThrow(
    `Another Aqueduct server uses the data folder ${folder}.`,
  );
});

test('why it can not be taken is said in a sentence', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'server.lock');
  await mkdir(path);
  await expect(lockDataFolder(folder)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining(`The lock ${path} of the data folder can't be taken: `),
  });
});

/** @param command - What starts it. */
async function startStarter(command: readonly string[] = []): Promise<ChildProcess> {
  const [program = '', ...args] = [...command, process.execPath, '--input-type=module', '-e', STARTER];
  const starter = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  starters.push(starter.setMaxListeners(PAIRS));
  await once(starter, 'message');
  return starter;
}

/** The answer of one that was told of a folder. */
function tell(starter: ChildProcess, folder: string): Promise<string> {
  return new Promise((resolve) => {
    starter.on('message', (told: { folder: string; answer: string }) => {
      if (told.folder === folder) resolve(told.answer);
    });
    starter.send(folder);
  });
}
