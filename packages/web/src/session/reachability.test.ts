import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('a question that gets no answer is given up, and asked again on a line of its own', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    // As where the network was lost on the way: the connection stays, and nothing ever comes.
    if (asked > 1) response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${port}` });
  const { isReachable, noteSilence, untilReachable } = await import('./reachability.ts');
  noteSilence();
  expect(isReachable()).toBe(false);
  await untilReachable(AbortSignal.timeout(20_000));
  expect(isReachable()).toBe(true);
  expect(asked).toBe(2);
  server.closeAllConnections();
  server.close();
});
