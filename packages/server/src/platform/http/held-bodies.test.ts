import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { countReadBody, limitHeldBodies } from './held-bodies.ts';
import { takeAnyContentType } from './take-any-content-type.ts';

const MIB = 1024 * 1024;
/** Bodies of 1 MiB for which there is room. */
const ROOM = 128;

/** Clients that were gone before it was known who is asking. */
let left = 0;

test('bodies of all connections that are not there yet are bounded together', async () => {
  const port = await serve();
  const begun = await Promise.all(Array.from({ length: ROOM }, () => begin(port)));
  const [one, other] = begun as [Socket, Socket];
  expect(await answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 503 .*retry-after: 2/is);
  expect(await answerTo(port, 1000)).toMatch(/^HTTP\/1\.1 200 /);

  one.destroy();
  await expect.poll(() => answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 200 /);
  other.end('x'.repeat(MIB));
  await once(other, 'data');
  await expect.poll(() => answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 200 /);
});

test('bodies in chunks count as long as they are once they were read, however long their answers take', async () => {
  const port = await serve();
  for (let i = 0; i < ROOM; i += 1) {
    const socket = await connection(port);
    socket.write(
      'POST /waits HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    );
  }
  await expect.poll(() => answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 200 /);
});

test('of bodies that were sent ahead, those are forgotten whose connection is lost', async () => {
  const port = await serve();
  const request = `${head(MIB)}${'x'.repeat(MIB)}`;
  for (let i = 0; i < 2 * ROOM; i += 8) {
    const socket = await connection(port);
    // Never answered, and so is nothing after it.
    socket.write('GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n');
    for (let k = 0; k < 8; k += 1) socket.write(request);
    await new Promise((resolve) => socket.write(head(MIB), resolve));
    socket.destroy();
  }
  await expect.poll(() => answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 200 /);
});

test('bodies are not counted whose client was gone before it was known who is asking', async () => {
  const port = await serve();
  left = 0;
  for (let i = 0; i < ROOM; i += 1) {
    const socket = await connection(port);
    await new Promise((resolve) => socket.write(head(MIB, '/unknown'), resolve));
    socket.destroy();
  }
  await expect.poll(() => left).toBe(ROOM);
  await expect.poll(() => answerTo(port, MIB)).toMatch(/^HTTP\/1\.1 200 /);
});

/** A server that keeps whole bodies. */
async function serve(): Promise<number> {
  const app = Fastify({ forceCloseConnections: true });
  takeAnyContentType(app, 'bytes');
  // As where the database is asked for a token and does not answer.
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.url !== '/unknown') return;
    await new Promise((resolve) => raw.socket.once('close', resolve));
    await sleep(10);
    left += 1;
  });
  app.addHook('onRequest', limitHeldBodies);
  app.addHook('preHandler', countReadBody);
  app.setErrorHandler((_error, _request, reply) => reply.code(503).header('retry-after', '2').send());
  app.post('/', async ({ body }) => ({ bytes: (body as Buffer).length }));
  app.post('/unknown', async () => '');
  app.post('/waits', () => new Promise(() => undefined));
  app.get('/open', () => new Promise(() => undefined));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

async function connection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** A request whose body is announced only. */
async function begin(port: number): Promise<Socket> {
  const socket = await connection(port);
  await new Promise((resolve) => socket.write(head(MIB), resolve));
  return socket;
}

async function answerTo(port: number, bytes: number): Promise<string> {
  const socket = await connection(port);
  socket.write(head(bytes) + 'x'.repeat(bytes));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}

function head(bytes: number, path = '/'): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes}\r\n\r\n`;
}
