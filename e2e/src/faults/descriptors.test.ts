import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chown } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { AS_NOBODY, canLackRights, isRoot, NOBODY } from '../without-rights.ts';
import { expectRefusal } from './expect-refused.ts';
import { openDescriptors } from './processes.ts';
import { canProvoke } from './tools.ts';

const execute = promisify(execFile);
/** Room for the one connection that the test keeps, and few more. */
const SPARE = 8;
const HOLDERS = 60;
const BACK_WITHIN_MS = 5000;
/** Requests before the first answer is read. */
const AHEAD = 50;

describe.runIf(canProvoke('want of descriptors', 'prlimit', 'processes'))(
  'a server without free descriptors',
  () => {
    test('refuses what it can’t do, and is back when there are some', { timeout: 120_000 }, async () => {
      const server = await startServer();
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const { uuid } = await create(server.url, 'x');
      await upload(server.url, uuid, 'before', new Uint8Array(100_000));
      const kept = keptConnection(server.url);
      expect((await kept('/health')).status).toBe(200);

      const limit = (await openDescriptors(server.child.pid)) + SPARE;
      await execute('prlimit', [`--pid=${server.child.pid}`, `--nofile=${limit}:`]);
      const holders = Array.from({ length: HOLDERS }, () =>
        connect(Number(new URL(server.url).port), '127.0.0.1'),
      );
      for (const holder of holders) holder.on('error', () => undefined);
      onTestFinished(() => closeAll(holders));
      await expect
        .poll(() => openDescriptors(server.child.pid), { timeout: 10_000 })
        .toBeGreaterThanOrEqual(limit - 1);
      await sleep(500);

      // Over the connection that is there already.
      const refused = [
        await kept(`/api/files/${uuid}`, FORM),
        await kept(`/api/files/${uuid}/before`),
        await kept('/'),
        // The first one, for which a thread starts.
        await kept(
          '/api/graphql?query={experiments(offset:0,limit:9,filters:{title:"search"}){experimentsData{eid}}}',
        ),
      ];
      for (const { status, body } of refused) {
        expectRefusal(status, body);
        expect(body).toMatch(/Try again/);
      }
      // Nothing has to be opened for it.
      expect(
        (await kept('/api/graphql?query={experiments(offset:0,limit:9){experimentsData{eid}}}')).status,
      ).toBe(200);

      await closeAll(holders);
      const freed = performance.now();
      await expect
        .poll(
          () =>
            upload(server.url, uuid, 'after', new Uint8Array(100_000)).then(
              (answer) => answer.status,
              () => 0,
            ),
          {
            timeout: BACK_WITHIN_MS,
          },
        )
        .toBe(200);
      expect(performance.now() - freed).toBeLessThan(BACK_WITHIN_MS);
      expect(server.child.exitCode).toBeNull();
    });
  },
);

describe.runIf(canProvoke('want of threads', 'prlimit', 'processes') && canLackRights())(
  'a server that may start no threads',
  () => {
    test('refuses a search, and is back when it may', async () => {
      const dataDir = await temporaryFolder();
      // Threads of root are not counted.
      if (isRoot) await chown(dataDir, NOBODY, NOBODY);
      const server = await startServer({ dataDir, under: AS_NOBODY });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const { uuid } = await create(server.url, 'x');
      const search = () =>
        fetch(
          `${server.url}/api/graphql?query={experiments(offset:0,limit:9,filters:{title:"search"}){experimentsData{eid}}}`,
        );

      const limit = async (...args: readonly string[]) => {
        // Its own user may, whatever rights root has here.
        const [command = '', ...rest] = [...AS_NOBODY, 'prlimit', `--pid=${server.child.pid}`, ...args];
        return (await execute(command, rest)).stdout.trim();
      };
      const before = await limit('--nproc', '--output=SOFT', '--noheadings');
      await limit('--nproc=1:');
      const refused = await search();
      expectRefusal(refused.status, await refused.text());
      expect((await upload(server.url, uuid, 'file', new Uint8Array(100_000))).status).toBe(200);

      await limit(`--nproc=${before}:`);
      expect((await search()).status).toBe(200);
    });
  },
);

const FORM = `--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n${'x'.repeat(100_000)}\r\n--b--\r\n`;

describe.runIf(canProvoke('requests that are sent ahead', 'processes'))('a client that asks ahead', () => {
  test('holds one file open at a time, and gets all answers when it reads', async () => {
    const server = await startServer();
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid } = await create(server.url, 'x');
    const length = 3_000_000;
    await upload(server.url, uuid, 'data.bin', new Uint8Array(length));
    const socket = connect(Number(new URL(server.url).port), 'localhost');
    onTestFinished(() => closeAll([socket]));
    await once(socket, 'connect');
    const before = await openDescriptors(server.child.pid);

    socket.pause();
    const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    socket.write((ask(`/api/files/${uuid}/data.bin`) + ask(`/api/zip/${uuid}`)).repeat(AHEAD / 2));
    for (let looks = 0; looks < 10; looks += 1) {
      await sleep(50);
      expect(await openDescriptors(server.child.pid)).toBeLessThanOrEqual(before + 3);
    }
    let read = 0;
    socket.on('data', (chunk) => (read += chunk.length)).resume();
    // Nothing shrinks in the zips.
    await expect.poll(() => read).toBeGreaterThan(AHEAD * length);
  });
});

/** Requests over one connection that stays open. */
function keptConnection(base: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async (path: string, body?: string): Promise<{ status: number; body: string }> => {
    const asked = request(base + encodeURI(path), {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'x-file-name': 'x', 'content-type': 'multipart/form-data; boundary=b' } }),
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  };
}

async function closeAll(sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) socket.destroy();
}
