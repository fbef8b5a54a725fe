import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { receiveUpload } from './receive-upload.ts';

const HEAD =
  'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n';
const FILE = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc\r\n';
const OPTIONS = { maxBytes: 1000, onTaken: () => undefined };

test('an upload whose client has gone before its turn ends', async () => {
  const ctx = await testContext('SQLite');
  const { request, socket } = await begin(HEAD + FILE);
  socket.destroy();
  await new Promise((resolve) => request.once('close', resolve));
  await expect(receiveUpload(request, ctx, OPTIONS)).rejects.toThrow('The file is not sent correctly.');
});

test('a form with a second file is refused as one, also where the first can not be removed', async () => {
  const ctx = await testContext('SQLite');
  const { request, socket } = await begin(`${HEAD}${FILE}--b\r\n`);
  const received = receiveUpload(request, ctx, OPTIONS);
  received.catch(() => undefined);
  await expect.poll(async () => (await Array.fromAsync(ctx.storage.list())).length).toBe(1);
  // As where its disk goes.
  const objects = join(ctx.config.dataDir, 'objects');
  await rename(objects, `${objects}.away`);
  socket.write(FILE.slice('--b\r\n'.length));
  await expect(received).rejects.toThrow('The file is not sent correctly.');
});

test('of a form with a second file, the bytes of the first are removed', async () => {
  const ctx = await testContext('SQLite');
  const { request, socket } = await begin(`${HEAD}${FILE}--b\r\n`);
  const received = receiveUpload(request, ctx, OPTIONS);
  received.catch(() => undefined);
  await expect.poll(async () => (await Array.fromAsync(ctx.storage.list())).length).toBe(1);
  socket.write(FILE.slice('--b\r\n'.length));
  await expect(received).rejects.toThrow('The file is not sent correctly.');
  expect(await Array.fromAsync(ctx.storage.list())).toEqual([]);
});

test('a form in chunks whose other parts are too large is refused before it has come to its end', async () => {
  const ctx = await testContext('SQLite');
  const { request, socket } = await begin(HEAD.replace('Content-Length: 1000', 'Transfer-Encoding: chunked'));
  const received = receiveUpload(request, ctx, OPTIONS);
  received.catch(() => undefined);
  const send = (text: string) => socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  send(FILE.replace('name="file"', 'name="other"').trimEnd());
  for (let i = 0; i < 10; i += 1) send('x'.repeat(10_000));
  await expect(received).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

/** What a client has begun to send. */
async function begin(text: string) {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(text);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  return { request, socket };
}
