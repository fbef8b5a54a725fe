import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { PiecewiseUpload } from '../uploads/piecewise-upload.ts';
import { expectSound } from './expect-clean.ts';
import { howOften, isFull } from './how-often.ts';
import { ext4Disk } from './small-disk.ts';
import { DURABLE_CALLS, expectKilled, killsAt, ONE_FILE_THREAD, watchCalls } from './strace.ts';
import { canProvoke } from './tools.ts';
import { WRITING_THREADS } from './writing-threads.ts';

const CUTS = howOften(3, 60);
const DISK_MIB = 512;
const MOST_MS = 120;
/** Until a call comes again. */
const MOST_UPLOADS = 30;

describe.runIf(canProvoke('kills during resumable uploads', 'strace')).concurrent('SIGKILL', () => {
  test.for(WRITING_THREADS)(
    `before ${isFull ? 'each' : 'some'} of the calls of an upload in pieces that write $what, on $database`,
    { timeout: 900_000 },
    async ({ threadOf, database }, { onTestFinished }) => {
      const databaseUrl = await newDatabase(database);
      let server = await startServer({ databaseUrl, env: ONE_FILE_THREAD });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const { uuid } = await create(server.url, 'in pieces');
      let count = 0;
      const newUpload = () => {
        count += 1;
        return new PiecewiseUpload(uuid, { name: `${count}.bin`, size: 50_000, pieces: 4 });
      };
      // The first one of a day makes a folder, which the others find.
      expect(await newUpload().send(server.url)).toBe(true);
      const watch = await watchCalls(await threadOf(server), { calls: DURABLE_CALLS });
      expect(await newUpload().send(server.url)).toBe(true);
      const calls = await watch.calls();
      await watch.stop();
      expect(calls.length).toBeGreaterThan(5);

      let killed = 0;
      for (const kill of killsAt(calls, howOften(3, calls.length))) {
        const killing = await watchCalls(await threadOf(server), kill);
        let upload = newUpload();
        // Pieces are of any size: this time there may be fewer calls.
        for (let more = MOST_UPLOADS; (await upload.send(server.url)) && more > 0; more -= 1)
          upload = newUpload();
        // Some calls of a database come once in a while only.
        if (!upload.isFinished) {
          await expectKilled(server.child, kill);
          killed += 1;
        }
        await server.stop('SIGKILL');
        await killing.stop();
        server = await startServer({
          dataDir: server.dataDir,
          databaseUrl,
          env: ONE_FILE_THREAD,
          port: Number(new URL(server.url).port),
        });
        await upload.expectKept(server.url, upload.promised);
        expect(await upload.send(server.url)).toBe(true);
        await upload.expectWhole(server.url);
      }
      expect(killed).toBeGreaterThan(0);
      await expectSound(server.dataDir, databaseUrl);
    },
  );
});

describe.runIf(canProvoke('power cuts during resumable uploads', 'disks'))('power cuts', () => {
  test(`what was acknowledged of uploads in pieces survives ${CUTS}`, {
    timeout: 120_000 + CUTS * 20_000,
  }, async ({ onTestFinished }) => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    let server = await startServer({ dataDir: disk.path });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid } = await create(server.url, 'in pieces');
    const newUpload = (cut: number) =>
      new PiecewiseUpload(uuid, { name: `${cut}.bin`, size: 3_000_000, pieces: 30 });
    let upload = newUpload(0);
    for (let cut = 1; cut <= CUTS; cut += 1) {
      const sending = upload.send(server.url);
      await sleep(randomInt(MOST_MS));
      // A program sees nothing after a power cut. Here it goes on, and a sync that meets the cut can succeed falsely.
      const { promised } = upload;
      await disk.cutPower();
      await server.stop('SIGKILL');
      await sending;
      await disk.restart();
      server = await startServer({ dataDir: disk.path, port: Number(new URL(server.url).port) });
      await upload.expectKept(server.url, promised);
      if (upload.isFinished) upload = newUpload(cut);
    }
    expect(await upload.send(server.url)).toBe(true);
    await upload.expectWhole(server.url);
    await expectSound(server.dataDir);
  });
});
