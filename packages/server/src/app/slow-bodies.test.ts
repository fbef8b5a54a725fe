import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { endSlowBodies } from './slow-bodies.ts';

const HEAD = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that asks for 100 bytes within 300 ms, and reads bodies after a pause. */
async function serve(pauseMs = 0) {
  const app = Fastify();
  endSlowBodies(app, { bytes: 100, withinMs: 300, lookEveryMs: 20 });
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.post('/', async ({ raw }) => {
    await wait(pauseMs);
    let bytes = 0;
    for await (const chunk of raw) bytes += (chunk as Buffer).length;
    return { bytes };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

/** Sends bytes, then more at intervals until the server closes; gives what it said and how long that took. */
async function send(port: number, bytes: string, drip: string, everyMs: number) {
  const socket = connect({ host: '127.0.0.1', port });
  const started = performance.now();
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(bytes);
  const timer = setInterval(() => socket.write(drip), everyMs);
  await once(socket, 'close');
  clearInterval(timer);
  return { text, ms: performance.now() - started };
}

test.each([
  ['that stops', '', 1000],
  ['that trickles', 'x', 50],
  ['that trickles in chunks', '1\r\nx\r\n', 50],
])('a body %s is ended with 408', async (_, drip, everyMs) => {
  const length = drip.includes('\n') ? 'Transfer-Encoding: chunked' : 'Content-Length: 100000';
  const { text, ms } = await send(await serve(), `${HEAD}${length}\r\n\r\n`, drip, everyMs);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toMatch(/content-length: \d/i);
  expect(ms).toBeLessThan(3000);
});

test('a body that goes on may take long', async () => {
  const total = 12 * 60;
  const bytes = `${HEAD}Connection: close\r\nContent-Length: ${total}\r\n\r\n`;
  const { text, ms } = await send(await serve(), bytes, 'x'.repeat(60), 100);
  expect(text).toContain(`{"bytes":${total}}`);
  expect(ms).toBeGreaterThan(1000);
});

test('a server that reads late does not blame the client', async () => {
  const body = 'x'.repeat(5_000_000);
  const answer = await fetch(`http://127.0.0.1:${await serve(1000)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
  expect(await answer.json()).toEqual({ bytes: body.length });
});
