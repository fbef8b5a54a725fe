import { newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectClean, expectSound } from './expect-clean.ts';
import { howOften, isFull } from './how-often.ts';
import { KnownWrites } from './known-writes.ts';
import { Load } from './load.ts';
import {
  DURABLE_CALLS,
  expectKilled,
  isMade,
  killsAt,
  LEAST_KILLED,
  ONE_FILE_THREAD,
  watchCalls,
} from './strace.ts';
import { canProvoke } from './tools.ts';
import { WRITING_THREADS } from './writing-threads.ts';

describe.runIf(canProvoke('kills at each fsync and rename', 'strace')).concurrent('SIGKILL', () => {
  test.for(WRITING_THREADS)(
    `before ${isFull ? 'each' : 'some'} of the calls that write $what, on $database`,
    {
      timeout: 1_800_000,
    },
    async ({ threadOf, database }, { onTestFinished }) => {
      const databaseUrl = await newDatabase(database);
      const everything = new KnownWrites();
      let server = await startServer({ databaseUrl, env: ONE_FILE_THREAD });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const watch = await watchCalls(await threadOf(server), { calls: DURABLE_CALLS });
      await work(server);
      const calls = await watch.calls();
      await watch.stop();
      expect(calls.length).toBeGreaterThan(20);

      const kills = killsAt(calls, howOften(4, calls.length));
      let killed = 0;
      for (const kill of kills) {
        const killing = await watchCalls(await threadOf(server), kill);
        const { known, broken } = await work(server);
        if (broken > 0 || (await isMade(kill, killing))) {
          await expectKilled(server.child, kill);
          killed += 1;
        } else await server.stop('SIGKILL');
        server = await startServer({ dataDir: server.dataDir, databaseUrl, env: ONE_FILE_THREAD });
        await known.expectKept(server.url);
        everything.add(known);
      }
      expect(killed).toBeGreaterThanOrEqual(Math.floor(kills.length * LEAST_KILLED));
      await everything.expectKept(server.url);
      // The minute for the rest is taken in the long form, and in the kills of both.
      await (isFull ? expectClean : expectSound)(server.dataDir, databaseUrl);
    },
  );
});

/** Makes two experiments with everything that can be done, and removes one. */
function work(server: ServerProcess): Promise<Load> {
  return new Load(server.url, { writers: 1, experiments: 2 }).done();
}
