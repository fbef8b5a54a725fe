import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { KnownWrites } from './known-writes.ts';
import { Load } from './load.ts';

/** On each database; the long form makes the thousand of both. */
const ROUNDS = howOften(8, 500);
const MOST_ANSWERS = 60;
const LONGEST_MOMENT_MS = 30;

describe.concurrent('SIGKILL under load', () => {
  test.for(databases)(
    `on %s: nothing acknowledged is lost in ${ROUNDS} kills`,
    {
      timeout: 180_000 + ROUNDS * 10_000,
    },
    async (database, { onTestFinished }) => {
      const databaseUrl = await newDatabase(database);
      const all = new KnownWrites();
      let server = await startServer({ databaseUrl });
      onTestFinished(async () => void (await server.stop('SIGKILL')));

      for (let round = 0; round < ROUNDS; round += 1) {
        const load = new Load(server.url);
        await load.answered(randomInt(MOST_ANSWERS));
        await sleep(randomInt(LONGEST_MOMENT_MS));
        await server.stop('SIGKILL');
        const { known } = await load.end();
        server = await startServer({ dataDir: server.dataDir, databaseUrl });
        await known.expectKept(server.url);
        all.add(known);
      }
      expect(all.experiments.size).toBeGreaterThan(0);
      // What earlier rounds left is there after all the later ones, too.
      await all.expectKept(server.url);
      await expectClean(server.dataDir, databaseUrl);
    },
  );
});
