import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { receiveUpload } from './receive-upload.ts';

const FORM =
  'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n' +
  '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc';

test('an upload whose client has gone before its turn ends', async () => {
  const { storage } = await testContext('SQLite');
  const { request, socket } = await begin();
  socket.destroy();
  await new Promise((resolve) => request.once('close', resolve));

  const received = receiveUpload(request, storage, { maxBytes: 1000, onTaken: () => undefined });
  await expect(received).rejects.toThrow('The file is not sent correctly.');
});

/** A form that a client has begun to send. */
async function begin() {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(FORM);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  return { request, socket };
}
