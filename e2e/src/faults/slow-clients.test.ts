import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { sha256 } from '../verify-installation.ts';
import { howOften } from './how-often.ts';
import { expectQuick, measure } from './latency.ts';

const SOCKETS = 500;
const CLOSED_WITHIN_MS = 60_000;
/** Longer than a body that does not go on is put up with. */
const HONEST_SECONDS = howOften(55, 600);
const HONEST_BYTES_PER_SECOND = 2000;

const HEAD = 'Host: localhost\r\nContent-Length: 1000000\r\n';

describe.concurrent('slow clients', () => {
  let server: ServerProcess;
  let uuid: string;
  beforeAll(async () => {
    server = await startServer();
    uuid = (await create(server.url, 'x')).uuid;
    return async () => void (await server.stop('SIGKILL'));
  });

  test(`${SOCKETS} that trickle are cut off within 60 s, and others do not notice`, {
    timeout: 120_000,
  }, async () => {
    const beginnings = [
      'GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
      `POST /api/graphql HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n\r\n`,
      `POST /api/files/${uuid}/delete_files HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n\r\n`,
      `POST /api/files/${uuid} HTTP/1.1\r\n${HEAD}File_Name: x\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n` +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n',
    ];
    const others = measure(
      `${server.url}/api/graphql?query={experiments(offset:0,limit:10){experimentsData{eid}}}`,
    );
    const held = await Promise.all(
      Array.from({ length: SOCKETS }, (_, i) => trickle(server.url, beginnings[i % beginnings.length] ?? '')),
    );
    const latencies = await others.end();
    expect(Math.max(...held)).toBeLessThan(CLOSED_WITHIN_MS);
    expectQuick(latencies, 500);
  });

  test(`an honest upload of ${HONEST_SECONDS} s completes`, {
    timeout: (HONEST_SECONDS + 60) * 1000,
  }, async () => {
    const bytes = randomBytes(HONEST_SECONDS * HONEST_BYTES_PER_SECOND);
    const answer = await fetch(`${server.url}/api/files/${uuid}`, {
      method: 'POST',
      headers: { 'x-file-name': 'honest.bin', 'content-type': 'multipart/form-data; boundary=b' },
      body: ReadableStream.from(slowForm(bytes)),
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toEqual({ result: 'Successfuly uploaded honest.bin' });
    const download = await fetch(`${server.url}/api/files/${uuid}/honest.bin`);
    expect(sha256(new Uint8Array(await download.arrayBuffer()))).toBe(sha256(bytes));
  });
});

/** Sends a beginning, then a byte each second; gives how long the server puts up with it, in ms. */
async function trickle(url: string, beginning: string): Promise<number> {
  const started = performance.now();
  const socket = connect(Number(new URL(url).port), 'localhost');
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(beginning);
  const timer = setInterval(() => socket.write('x'), 1000);
  await once(socket, 'close');
  clearInterval(timer);
  return performance.now() - started;
}

async function* slowForm(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode('--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n');
  for (let sent = 0; sent < bytes.length; sent += HONEST_BYTES_PER_SECOND) {
    await sleep(1000);
    yield bytes.subarray(sent, sent + HONEST_BYTES_PER_SECOND);
  }
  yield text.encode('\r\n--b--\r\n');
}
