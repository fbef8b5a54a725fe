import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep, setImmediate as soon } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { GatheredRequest } from './gathered-body.ts';

const BYTES = 100_000;

test('a body that comes byte by byte is passed on in few pieces, and whole', async () => {
  const { socket, answer } = await sendTo();
  const body = Array.from({ length: BYTES }, (_, i) => String(i % 10));
  socket.end(`${body.map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`);
  const { pieces, received } = await answer;
  expect(received).toBe(body.join(''));
  expect(pieces).toBeLessThan(BYTES / 100);
});

test('small pieces of a body that goes on later do not wait for the rest', async () => {
  const { socket, answer, came } = await sendTo();
  socket.write('1\r\nx\r\n'.repeat(100));
  await expect.poll(came, { interval: 10 }).toBe(100);
  socket.write(`${(5000).toString(16)}\r\n${'y'.repeat(5000)}\r\n`);
  socket.write('1\r\nz\r\n'.repeat(10));
  await sleep(5);
  socket.end('0\r\n\r\n');
  expect((await answer).received).toBe('x'.repeat(100) + 'y'.repeat(5000) + 'z'.repeat(10));
});

test('of a client that goes away, nothing comes afterwards', async () => {
  const { socket, gone, came } = await sendTo();
  socket.write('1\r\nx\r\n'.repeat(40));
  await expect.poll(came, { interval: 1 }).toBeGreaterThan(0);
  socket.resetAndDestroy();
  await gone;
  const before = came();
  await sleep(50);
  expect(came()).toBe(before);
});

test('of bodies that come byte by byte, others wait for a read of one, not of all at once', async () => {
  const bodies = await Promise.all(Array.from({ length: 4 }, () => sendTo()));
  const all = () => bodies.reduce((sum, { came }) => sum + came(), 0);
  // In one write, so that all of it is there to be read.
  for (const { socket } of bodies) socket.end(`${'1\r\nx\r\n'.repeat(BYTES)}0\r\n\r\n`);
  let most = 0;
  for (let before = 0; all() < 4 * BYTES; before = all()) {
    await soon();
    most = Math.max(most, all() - before);
  }
  for (const { answer } of bodies) expect((await answer).received).toHaveLength(BYTES);
  // Each has a first read of 64 KiB at once.
  expect(most).toBeLessThan((5 * 65_536) / 6);
});

/** A request with a body in chunks, whose head is sent, and what a server makes of it. */
async function sendTo() {
  let pieces = 0;
  let bytes = 0;
  const answered = Promise.withResolvers<{ pieces: number; received: string }>();
  const gone = Promise.withResolvers<void>();
  const server = createServer({ IncomingMessage: GatheredRequest }, async (request, response) => {
    request.once('close', gone.resolve);
    request.on('data', (piece: Buffer) => {
      pieces += 1;
      bytes += piece.length;
    });
    const received = await text(request).catch(() => '');
    response.end();
    answered.resolve({ pieces, received });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
  return { socket, answer: answered.promise, gone: gone.promise, came: () => bytes };
}
