import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { HttpConnection } from '../../bench/load/http-connection.ts';
import { getRequest } from '../../bench/load/requests.ts';

test('the connection of the bench takes answers with a length, and such as come bit by bit', async () => {
  const server = createServer(async ({ url }, response) => {
    if (url === '/chunks') {
      response.write(' ');
      await sleep(50);
    } else response.setHeader('content-length', 10);
    response.end('{"data":1}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await HttpConnection.open((server.address() as AddressInfo).port);
  onTestFinished(() => {
    connection.close();
    server.close();
  });
  for (const path of ['/length', '/chunks', '/length']) {
    const { status, beginning } = await connection.send(getRequest(path));
    expect({ status, text: beginning.toString() }).toEqual({
      status: 200,
      text: expect.stringContaining('{"data":1}'),
    });
  }
});
