import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { type Inspection, inspection } from './inspect-server.ts';
import { openDescriptors } from './processes.ts';
import { canProvoke } from './tools.ts';

const UPLOADS = howOften(20, 100);
const DOWNLOADS = howOften(40, 200);
const READERS = 50;
const READING_SECONDS = howOften(5, 60);
const AT_ONCE = 10;
const FILE = randomBytes(30_000_000);
const SEVERAL_READS = 3_000_000;

/** The folder of the objects stays open for a moment; connections of the test itself are kept alive. */
const MOST_MORE_DESCRIPTORS = 6;
const MOST_MORE_MIB = 4;

describe.runIf(canProvoke('clients that go away', 'processes'))('clients that go away', () => {
  let server: ServerProcess;
  let uuid: string;
  let descriptors: number;
  /** The test ends in time, or not at all. */
  const untilFewDescriptors = async () => {
    while ((await openDescriptors(server.child.pid)) > descriptors + MOST_MORE_DESCRIPTORS) await sleep(50);
  };
  let inspected: Inspection;
  beforeAll(async () => {
    inspected = await inspection();
    server = await startServer({ env: inspected.env });
    descriptors = await openDescriptors(server.child.pid);
    uuid = (await create(server.url, 'x')).uuid;
    await upload(server.url, uuid, 'data.bin', FILE);
    // Whatever a server needs once for such clients, it has then.
    await inTurns(AT_ONCE, () => leaveUpload(server, uuid));
    await inTurns(AT_ONCE, () => leaveDownload(server, uuid));
    await readSlowly(server, uuid, 1);
    await untilFewDescriptors();
    return async () => void (await server.stop('SIGKILL'));
  });

  test.each([
    [`in the middle of ${UPLOADS} uploads`, () => inTurns(UPLOADS, () => leaveUpload(server, uuid))],
    [`in the middle of ${DOWNLOADS} downloads`, () => inTurns(DOWNLOADS, () => leaveDownload(server, uuid))],
    [
      `after ${READING_SECONDS} s of ${READERS} downloads at 1 KB/s`,
      () => readSlowly(server, uuid, READING_SECONDS),
    ],
  ])('%s leave nothing behind', { timeout: 60_000 + READING_SECONDS * 1000 }, async (_, leave) => {
    const memory = await inspected.liveMemory();
    await leave();
    await untilFewDescriptors();
    await expect
      .poll(() => inspected.liveMemory(), { timeout: 15_000 })
      .toBeLessThanOrEqual(memory + MOST_MORE_MIB);
    await expect
      .poll(() => readdir(join(server.dataDir, 'objects/.incoming')), { timeout: 15_000 })
      .toEqual([]);
    await expectClean(server.dataDir);
  });
});

async function inTurns(count: number, act: () => Promise<void>): Promise<void> {
  const turns = Array.from({ length: count }, () => act).values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const turn of turns) await turn();
    }),
  );
}

/** Sends a part of a file, and goes. */
async function leaveUpload(server: ServerProcess, uuid: string): Promise<void> {
  const socket = await open(server);
  socket.write(
    `POST /api/files/${uuid} HTTP/1.1\r\nHost: localhost\r\nFile_Name: gone.bin\r\nContent-Length: ${FILE.length}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n',
  );
  const part = FILE.subarray(0, randomInt(SEVERAL_READS));
  await new Promise((resolve) => socket.write(part, resolve));
  await leave(socket);
}

/** Reads a part of a file, and goes. */
async function leaveDownload(server: ServerProcess, uuid: string): Promise<void> {
  const socket = await open(server);
  socket.write(`GET /api/files/${uuid}/data.bin HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const enough = randomInt(SEVERAL_READS);
  let read = 0;
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      read += chunk.length;
      if (read >= enough) resolve();
    });
  });
  await leave(socket);
}

async function readSlowly(server: ServerProcess, uuid: string, seconds: number): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: READERS }, () => open(server)));
  for (const socket of sockets) {
    socket.pause();
    socket.write(`GET /api/files/${uuid}/data.bin HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  }
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1000);
    for (const socket of sockets) socket.read(1000);
  }
  await Promise.all(sockets.map(leave));
}

async function open(server: ServerProcess): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), 'localhost');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Half of them say goodbye, half vanish. */
async function leave(socket: Socket): Promise<void> {
  if (randomInt(2) === 0) socket.resetAndDestroy();
  else socket.destroy();
  if (!socket.closed) await once(socket, 'close');
}
