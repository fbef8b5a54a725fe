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
import { expectKilled, isMade, killsAt, LEAST_KILLED, ONE_FILE_THREAD, underStrace } from './strace.ts';
import { canProvoke } from './tools.ts';

const KILLS = howOften(5, 100);
const MANY = 200;
/** Bytes; larger ones are stored in another way. */
const SMALL = 20_000;
const LARGE = 100_000;
/** Younger files are waited for. */
const QUIET_MS = 2500;
/** What makes bytes or names durable, but for the writes of the database, which depend on what else is in its log. */
const ADOPTING_CALLS = '?rename,?renameat,?renameat2,?link,?linkat,?unlink,?unlinkat,fsync,fdatasync';

describe.concurrent('aqueduct check --adopt', () => {
  test.for(databases)(
    `on %s: loses no byte in ${KILLS} kills at any moment`,
    {
      timeout: 180_000 + KILLS * 10_000,
    },
    async (database, { onTestFinished }) => {
      const server = await startServer({ databaseUrl: await newDatabase(database) });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      let given = await putByHand(server, MANY);
      const progress = new Set<number>();
      for (let round = 0; round < KILLS; round += 1) {
        const { child, output } = startCommand(checkArguments(server, '--adopt'));
        const ended = once(child, 'close');
        // It prints a line for each file.
        const lines = randomInt(Math.ceil(MANY / KILLS));
        while (child.exitCode === null && output().split('\n').length <= lines) await sleep(2);
        await sleep(randomInt(20));
        child.kill('SIGKILL');
        await ended;
        const recorded = await expectKept(server, given);
        progress.add(recorded);
        // On a busy machine a kill may come too late.
        if (recorded === MANY) given = await putByHand(server, MANY);
      }
      // They came while it was at work.
      expect([...progress].some((recorded) => recorded > 0 && recorded < MANY)).toBe(true);
      await expectFinished(server, given);
    },
  );

  test.runIf(canProvoke('kills of an adoption at each of its calls', 'strace'))(
    'loses no byte when it is killed before a call that makes bytes or names durable',
    { timeout: 1_800_000 },
    async ({ onTestFinished }) => {
      const server = await startServer();
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const adopt = async (injection: { calls: string; fault?: string }) => {
        const given = await putByHand(server, 4);
        const { under, calls } = await underStrace({ ...injection, threads: true });
        const { child } = startCommand(checkArguments(server, '--adopt'), ONE_FILE_THREAD, under);
        await once(child, 'close');
        await expectKept(server, given);
        return { child, given, calls };
      };
      const whole = await adopt({ calls: ADOPTING_CALLS });
      expect(whole.child.exitCode).toBe(0);
      const calls = await whole.calls();
      expect(new Set(calls)).toEqual(new Set(['rename', 'link', 'unlink', 'fsync', 'fdatasync']));
      const kills = killsAt(calls, howOften(4, calls.length));
      let killed = 0;
      for (const kill of kills) {
        const { child, given, ...watch } = await adopt(kill);
        if (await isMade(kill, watch)) {
          await expectKilled(child, kill);
          killed += 1;
        } else {
          // Syncs of one folder at about the same time are one: 14 to 16 in all.
          expect(kill.calls).toBe('fsync');
        }
        await expectFinished(server, given);
      }
      expect(killed).toBeGreaterThanOrEqual(Math.floor(kills.length * LEAST_KILLED));
    },
  );
});

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
    const bytes = randomBytes(i % 4 < 2 ? randomInt(1, SMALL) : LARGE);
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
  expect(output.split('\n').filter((line) => /^(missing|changed|edited|readable|copy)/.test(line))).toEqual(
    [],
  );
  // What was stored and not recorded has gone.
  expect(code, output).toBe(0);
  expect(await expectKept(server, given)).toBe(given.hashes.size);
  expect((await readdir(given.folder)).toSorted()).toEqual([...given.hashes.keys()].toSorted());
}
