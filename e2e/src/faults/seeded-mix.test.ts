import { randomUUID } from 'node:crypto';
import { API } from '@aqueduct/client';
import { databases } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { processesOf } from '../tasks/find-marked.ts';
import { ScriptServer } from '../tasks/script-server.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { inspection } from './inspect-server.ts';
import { MixUser } from './mix-user.ts';
import { openDescriptors } from './processes.ts';
import { canProvoke } from './tools.ts';

const USERS = 4;
/** On each database; `AQUEDUCT_FAULTS=360 npx vitest run seeded-mix` makes a day of it. */
const SECONDS = howOften(8, 240);
/** From then on memory stays as it is. */
const WARM_SECONDS = Math.max(6, SECONDS / 4);
const MOST_MORE_MIB = 10;
const MOST_MORE_DESCRIPTORS = 6;
/** To do the same again, put here what a failure names. */
const SEED: string = randomUUID();

const ACTIONS = {
  print: 'echo "$experiment"',
  // What leaves the session must end with the task, too.
  measure: 'setsid -f sleep 600; echo measuring; sleep 600',
};

describe.runIf(canProvoke('a mix of all that users do', 'processes'))('a mix of all that users do', () => {
  test.each(databases)(
    `for ${SECONDS} s on %s, seed ${SEED}`,
    {
      timeout: 120_000 + (WARM_SECONDS + SECONDS) * 1000,
    },
    async (database) => {
      const inspected = await inspection();
      const running = await ScriptServer.start(ACTIONS, { database, env: inspected.env });
      const { dataDir, databaseUrl, child } = running.server;
      const api = new API(running.url, { timeout: 10 });
      const actions = {
        print: await api.getAction('Test', 'print'),
        measure: await api.getAction('Test', 'measure'),
      };
      const users = Array.from({ length: USERS }, (_, i) => new MixUser(api, actions, `user-${i}`, SEED));

      await Promise.all(users.map((user) => user.work(WARM_SECONDS * 1000)));
      const memory = await inspected.liveMemory();
      const descriptors = await openDescriptors(child.pid);
      await Promise.all(users.map((user) => user.work(SECONDS * 1000)));

      const undone = users[0]?.ways.filter((way) => !users.some(({ done }) => done.has(way)));
      expect(undone).toEqual([]);
      const tasks = users.flatMap((user) => user.tasks);
      await expect.poll(() => processesOf(...tasks), { timeout: 12_000 }).toEqual([]);
      expect(['SUCCESS', 'REVOKED']).toEqual(expect.arrayContaining(await running.states()));
      await expectClean(dataDir, databaseUrl);
      await expect
        .poll(() => inspected.liveMemory(), { timeout: 15_000 })
        .toBeLessThanOrEqual(memory + MOST_MORE_MIB);
      await expect
        .poll(() => openDescriptors(child.pid), { timeout: 15_000 })
        .toBeLessThanOrEqual(descriptors + MOST_MORE_DESCRIPTORS);
      expect(running.server.output()).not.toMatch(/"level":(40|50|60)/);
    },
  );
});
