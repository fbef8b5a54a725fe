import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databases, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, type TestContext, test } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from '../client/cutting-proxy.ts';
import { create } from '../graphql-client.ts';
import { freePort, startServer } from '../start-server.ts';
import { makeLargeFile, sha256OfStream } from '../uploads/large-file.ts';
import { expectSound } from './expect-clean.ts';
import { howOften, isFull } from './how-often.ts';

const MEBIBYTE = 1024 * 1024;
const SCRIPT = fileURLToPath(new URL('../uploads/upload-path.ts', import.meta.url));
/** What lies in the buffers of a connection that is cut. */
const IN_FLIGHT = 16 * MEBIBYTE;
/** What a killed server may not have told the disk yet. */
const UNSYNCED = 64 * MEBIBYTE;
/** Of both databases together. */
const CUTS = howOften(6, 100) / 2;

describe.concurrent('resumable uploads', () => {
  test.for(databases)(
    `on %s: arrive through ${CUTS} cuts of line, client and server`,
    { timeout: 120_000 + CUTS * 20_000 },
    async (database, { onTestFinished }) => {
      const size = (isFull ? 256 : 64) * MEBIBYTE;
      const { path, sha256 } = await largeFile(size, onTestFinished);
      const port = await freePort();
      const databaseUrl = await newDatabase(database);
      let server = await startServer({ port, databaseUrl });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const { uuid } = await create(server.url, 'cut at random');
      const proxy = await startCuttingProxy(server.url);
      const { start } = await uploads(proxy, uuid, path, onTestFinished);
      let upload = start();
      let killedServers = 0;

      for (let cut = 0; cut < CUTS; cut += 1) {
        // Every cut must happen: the file is not there before the last one.
        const passed = whenPassed(proxy, 1 + randomInt(Math.floor(size / CUTS / 2)));
        expect(await Promise.race([passed, upload.ended])).toBeUndefined();
        const [line, client] = [() => proxy.cut(), () => upload.child.kill('SIGKILL')];
        const kill = [line, client, 'server'][cut % 3];
        if (typeof kill === 'function') kill();
        else {
          killedServers += 1;
          await server.stop('SIGKILL');
          server = await startServer({ port, databaseUrl, dataDir: server.dataDir });
        }
        if (cut % 3 === 1) {
          await upload.ended;
          upload = start();
        }
      }
      expect(await upload.ended).toBe(0);
      const download = await fetch(`${server.url}/api/files/${uuid}/large.bin`);
      expect(await sha256OfStream(download.body)).toBe(sha256);
      const twice = proxy.received() - size;
      console.log(`${(twice / MEBIBYTE).toFixed(1)} MiB were sent twice in ${CUTS} cuts`);
      expect(twice).toBeLessThan(CUTS * IN_FLIGHT + killedServers * UNSYNCED);
      await expectSound(server.dataDir, databaseUrl);
    },
  );

  const large = (isFull ? 2048 : 256) * MEBIBYTE;
  test(`${large / MEBIBYTE} MiB from a process that is killed in the middle: only its last part goes twice`, {
    timeout: 600_000,
  }, async ({ onTestFinished }) => {
    const { path, sha256 } = await largeFile(large, onTestFinished);
    const server = await startServer();
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid } = await create(server.url, 'killed in the middle');
    const proxy = await startCuttingProxy(server.url);
    const { start } = await uploads(proxy, uuid, path, onTestFinished);
    const first = start();
    await whenPassed(proxy, large / 2);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await start().ended).toBe(0);
    const download = await fetch(`${server.url}/api/files/${uuid}/large.bin`);
    expect(await sha256OfStream(download.body)).toBe(sha256);
    const twice = proxy.received() - large;
    console.log(`${(twice / MEBIBYTE).toFixed(1)} MiB of ${large / MEBIBYTE} MiB were sent twice`);
    expect(twice).toBeLessThan(IN_FLIGHT);
  });
});

type OnTestFinished = TestContext['onTestFinished'];

async function largeFile(size: number, onTestFinished: OnTestFinished) {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'large.bin');
  await makeLargeFile(path, size);
  expect((await stat(path)).size).toBe(size);
  return { path, sha256: await sha256OfStream(createReadStream(path)) };
}

/** Starts clients that upload one file, all with one memory of what has begun. */
async function uploads(proxy: CuttingProxy, uuid: string, path: string, onTestFinished: OnTestFinished) {
  onTestFinished(() => proxy.close());
  const states = await temporaryFolder();
  const start = (): { child: ChildProcess; ended: Promise<number | null> } => {
    const child = spawn(process.execPath, ['--conditions=aqueduct-source', SCRIPT, proxy.url, uuid, path], {
      stdio: 'inherit',
      env: { ...process.env, XDG_STATE_HOME: states },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, ended: once(child, 'exit').then(([code]) => code as number | null) };
  };
  return { start };
}

/** Resolves when so many more bytes have come from clients. */
async function whenPassed(proxy: CuttingProxy, bytes: number): Promise<undefined> {
  const target = proxy.received() + bytes;
  while (proxy.received() < target) await new Promise((resolve) => setTimeout(resolve, 2));
}
