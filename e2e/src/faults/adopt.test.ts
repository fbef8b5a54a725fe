import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { check, checkArguments, filesOf, send } from '../check-command.ts';
import { create } from '../graphql-client.ts';
import { type ServerProcess, startCommand, startServer } from '../start-server.ts';
import { sha256 } from '../verify-installation.ts';
import { howOften } from './how-often.ts';
import { ONE_FILE_THREAD } from './strace.ts';
import { canProvoke } from './tools.ts';

const KILLS = howOften(5, 100);
const MANY = 200;
/** Younger files are waited for. */
const QUIET_MS = 2500;

describe.concurrent('aqueduct check --adopt', () => {
  test.for(databases)(
    `on %s: loses no byte in ${KILLS} kills at any moment`,
    {
      timeout: 180_000 + KILLS * 10_000,
    },
    async (database, { onTestFinished }) => {
      const server = await startServer({ databaseUrl: await newDatabase(database) });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const given = await putByHand(server, MANY);
      const progress = new Set<number>();
      for (let round = 0; round < KILLS; round += 1) {
        const { child, output } = startCommand(checkArguments(server, '--adopt'));
        const ended = once(child, 'close');
        // It prints a line for each file.
        const lines = randomInt(MANY / KILLS);
        while (child.exitCode === null && output().split('\n').length <= lines) await sleep(2);
        await sleep(randomInt(20));
        child.kill('SIGKILL');
        await ended;
        progress.add(await expectKept(server, given));
      }
      // They came while it was at work.
      expect(progress.size).toBeGreaterThan(1);
      await expectFinished(server, given);
    },
  );

  test.runIf(canProvoke('kills of an adoption at each of its calls', 'strace'))(
    'loses no byte when it is killed before a call that makes bytes or names durable',
    { timeout: 1_800_000 },
    async ({ onTestFinished }) => {
      const server = await startServer();
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      for (const { calls, when } of someOf(POINTS)) {
        const given = await putByHand(server, 4);
        const under = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`];
        under.push('-e', `inject=${calls}:signal=KILL:when=${when}`);
        const { child } = startCommand(checkArguments(server, '--adopt'), ONE_FILE_THREAD, under);
        await once(child, 'close');
        expect(child.signalCode ?? child.exitCode, `killed before ${calls} number ${when}`).not.toBe(0);
        await expectKept(server, given);
        await expectFinished(server, given);
      }
    },
  );
});

/** How often each kind of call is made, at least, in taking in four files. */
const POINTS = [
  { calls: '?rename,?renameat,?renameat2', times: 6 },
  { calls: '?link,?linkat', times: 6 },
  { calls: '?unlink,?unlinkat', times: 4 },
  { calls: 'fsync,fdatasync', times: 8 },
].flatMap(({ calls, times }) => Array.from({ length: times }, (_, i) => ({ calls, when: i + 1 })));

function someOf<T>(points: readonly T[]): T[] {
  const count = howOften(4, points.length);
  const first = randomInt(points.length);
  return Array.from({ length: count }, (_, i) => {
    return points[(first + Math.floor((i * points.length) / count)) % points.length];
  }).filter((point) => point !== undefined);
}

interface GivenFiles {
  readonly uuid: string;
  readonly folder: string;
  /** SHA-256 by name. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Puts files into the folder of a new experiment; every other one in the place of a file of the record. */
async function putByHand(server: ServerProcess, count: number): Promise<GivenFiles> {
  const { uuid, eid } = await create(server.url, 'x');
  const folder = join(server.dataDir, 'experiments', eid);
  const hashes = new Map<string, string>();
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i += 1) {
    const name = `file-${i}.bin`;
    if (i % 2 === 0) await send(server, uuid, name, 'before');
    const bytes = randomBytes(randomInt(1, 20_000));
    hashes.set(name, sha256(bytes));
    await writeFile(join(folder, 'new'), bytes);
    await rename(join(folder, 'new'), join(folder, name));
  }
  await sleep(QUIET_MS);
  return { uuid, folder, hashes };
}

/** Every byte is still in place, or in the record; gives how many files are in the record. */
async function expectKept(server: ServerProcess, { uuid, folder, hashes }: GivenFiles): Promise<number> {
  const inRecord = new Map((await filesOf(server, uuid)).map((file) => [file.name, file.sha256]));
  let recorded = 0;
  for (const [name, hash] of hashes) {
    if (inRecord.get(name) === hash) {
      recorded += 1;
      const answer = await fetch(`${server.url}/api/files/${uuid}/${name}`);
      expect(sha256(new Uint8Array(await answer.arrayBuffer())), name).toBe(hash);
    } else expect(sha256(await readFile(join(folder, name))), name).toBe(hash);
  }
  return recorded;
}

/** Running it again takes in the rest, and leaves nothing else behind. */
async function expectFinished(server: ServerProcess, given: GivenFiles): Promise<void> {
  const { code, output } = await check(server, '--adopt');
  // What was stored and not recorded goes with the next start.
  expect(output.split('\n').filter((line) => /^(missing|changed|edited|readable|copy)/.test(line))).toEqual(
    [],
  );
  expect(code, output).toBe(/^extra/m.test(output) ? 1 : 0);
  expect(await expectKept(server, given)).toBe(given.hashes.size);
  expect((await readdir(given.folder)).toSorted()).toEqual([...given.hashes.keys()].toSorted());
}
