import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databases, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, graphql } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { canProvoke, faketimeLibrary } from './tools.ts';

const EACH = 20;
const AT_ONCE = 5;

interface Made {
  readonly uuid: string;
  readonly eid: string;
}

describe.runIf(canProvoke('clocks that jump', 'libfaketime')).each(databases)(
  'a clock, on %s',
  (database) => {
    test('that is set back by two hours, while the server runs and before the next start', async () => {
      const databaseUrl = await newDatabase(database);
      const clock = await fakeClock('+0');
      const made: Made[] = [];
      const makeSome = async (server: ServerProcess) => {
        for (let i = 0; i < EACH; i += 1) made.push(await create(server.url, `number ${made.length}`));
      };
      let server = await startServer({ databaseUrl, env: clock.env });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      await makeSome(server);
      await clock.set('-2h');
      await expect.poll(() => hoursAhead(server), { timeout: 10_000 }).toBeLessThan(-1);
      await makeSome(server);
      await server.stop();
      await clock.set('-4h');
      server = await startServer({ dataDir: server.dataDir, databaseUrl, env: clock.env });
      await makeSome(server);

      const last = made.at(-1);
      await remove(server, last?.uuid);
      const { eid } = await create(server.url, 'after a removal');
      expect(new Set([...made.map((each) => each.eid), eid]).size).toBe(3 * EACH + 1);
      expect(await eidsInOrder(server)).toEqual([
        eid,
        ...made
          .map((each) => each.eid)
          .slice(0, -1)
          .toReversed(),
      ]);
    });

    test('that strikes midnight under load: each day is numbered from 1', async () => {
      const databaseUrl = await newDatabase(database);
      // Stands until the server is ready, then goes on.
      const clock = await fakeClock('2026-03-01 23:59:58');
      const server = await startServer({ databaseUrl, env: clock.env });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      await create(server.url, 'before');
      await clock.set('@2026-03-01 23:59:58');
      const eids: string[] = ['20260301-1'];
      const writers = Array.from({ length: AT_ONCE }, async () => {
        while (eids.filter((eid) => eid.startsWith('20260302')).length < EACH)
          eids.push((await create(server.url, 'x')).eid);
      });
      await Promise.all(writers);
      for (const day of ['20260301', '20260302']) {
        const numbers = eids.filter((eid) => eid.startsWith(day)).map((eid) => Number(eid.split('-')[1]));
        expect(numbers.length).toBeGreaterThan(1);
        expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
      }
      expect(eids.every((eid) => /^2026030[12]-/.test(eid))).toBe(true);
    });
  },
);

/** A clock for servers that can be set while they run, in the words of libfaketime. */
async function fakeClock(time: string) {
  const file = join(await temporaryFolder(), 'time');
  const set = (to: string) => writeFile(file, to);
  await set(time);
  return {
    set,
    env: {
      LD_PRELOAD: faketimeLibrary() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  };
}

/** How much the clock of the server differs from ours. */
async function hoursAhead(server: ServerProcess): Promise<number> {
  const answer = await fetch(`${server.url}/health`);
  return (Date.parse(answer.headers.get('date') ?? '') - Date.now()) / 3_600_000;
}

async function eidsInOrder(server: ServerProcess): Promise<string[]> {
  const { data } = await graphql<{ experiments: { experimentsData: { eid: string }[] } }>(
    server.url,
    '{ experiments(offset: 0, limit: 500) { experimentsData { eid } } }',
  );
  return (data?.experiments.experimentsData ?? []).map(({ eid }) => eid);
}

async function remove(server: ServerProcess, uuid: string | undefined): Promise<void> {
  const { errors } = await graphql(
    server.url,
    'mutation ($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }',
    { uuid },
  );
  expect(errors).toBeUndefined();
}
