import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { expectClean, expectSound } from './expect-clean.ts';
import { howOften, isFull } from './how-often.ts';
import { KnownWrites } from './known-writes.ts';
import { Load } from './load.ts';
import { ext4Disk } from './small-disk.ts';
import { canProvoke } from './tools.ts';

/** On each database; on PostgreSQL only the files lie on the disk that fails. */
const CUTS = howOften(3, 100);
const MOST_ANSWERS = 60;
const LONGEST_MOMENT_MS = 30;
const DISK_MIB = 1024;

describe.runIf(canProvoke('power cuts', 'disks')).concurrent('power cuts', () => {
  test.for(databases)(
    `on %s: nothing acknowledged is lost in ${CUTS}`,
    {
      timeout: 120_000 + CUTS * 20_000,
    },
    async (database, { onTestFinished }) => {
      const databaseUrl = await newDatabase(database);
      const disk = await ext4Disk(DISK_MIB, onTestFinished);
      const everything = new KnownWrites();
      let server = await startServer({ dataDir: disk.path, databaseUrl });
      onTestFinished(async () => void (await server.stop('SIGKILL')));

      for (let cut = 0; cut < CUTS; cut += 1) {
        const load = new Load(server.url);
        await load.answered(randomInt(MOST_ANSWERS));
        await sleep(randomInt(LONGEST_MOMENT_MS));
        // A program sees nothing after a power cut. Here it goes on, and a sync that meets the cut can succeed falsely.
        load.known.close();
        await disk.cutPower();
        await server.stop('SIGKILL');
        const { known } = await load.end();
        await disk.restart();
        server = await startServer({ dataDir: disk.path, databaseUrl });
        await known.expectKept(server.url);
        everything.add(known);
      }
      expect(everything.experiments.size).toBeGreaterThan(0);
      await everything.expectKept(server.url);
      // The minute for the rest is taken in the long form, and in the kills of both.
      await (isFull ? expectClean : expectSound)(server.dataDir, databaseUrl);
    },
  );
});
