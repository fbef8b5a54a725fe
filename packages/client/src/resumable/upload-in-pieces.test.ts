import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Connection } from '../connection.ts';
import { openBlob } from '../platform/open-blob.ts';
import { brokenServer } from '../testing/broken-server.ts';
import { leftOut } from '../testing/left-out.ts';
import { unansweredAddress } from '../testing/unanswered-address.ts';
import { uploadInPieces } from './upload-in-pieces.ts';

const ours = { 'tus-resumable': '1.0.0' };

function upload(url: string, options: { timeout?: number; retryFor?: number } = {}) {
  const { timeout = 0.5, retryFor = 60 } = options;
  return uploadInPieces({
    connection: new Connection({ url: new URL(`${url}/`), timeout, token: undefined }),
    experimentUuid: '0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11',
    name: 'a.bin',
    source: openBlob(new Blob([new Uint8Array(1000)])),
    retryFor,
  });
}

test.skipIf(
  leftOut(process.platform !== 'linux', 'a connection that never stands', 'only Linux leaves one waiting'),
)('the connection must stand within the timeout', async () => {
  const url = await unansweredAddress();
  const start = performance.now();
  await expect(upload(url, { timeout: 0.4 })).rejects.toMatchObject({
    facts: { code: 'TIMEOUT', reason: expect.stringContaining('for 0.4 s.') },
  });
  expect(performance.now() - start).toBeLessThan(5000);
});

test('the answer may come later than the timeout: the disk of the server may be slow', async () => {
  const url = await brokenServer(async (request, response) => {
    await sleep(1000);
    const location = `/api/uploads/1`;
    if (request.method === 'POST') response.writeHead(201, { ...ours, location }).end();
    else request.resume().on('end', () => response.writeHead(204, { ...ours, 'upload-offset': 1000 }).end());
  });
  expect(await upload(url)).toBe(true);
});

test('a server that says where it is, but takes nothing, is given up', async () => {
  const asked: (string | undefined)[] = [];
  const url = await brokenServer((request, response) => {
    asked.push(request.method);
    const location = `/api/uploads/1`;
    if (request.method === 'POST') response.writeHead(201, { ...ours, location }).end();
    else if (request.method === 'HEAD') response.writeHead(200, { ...ours, 'upload-offset': 0 }).end();
    else request.resume().on('end', () => response.writeHead(503, ours).end());
  });
  await expect(upload(url, { retryFor: 2 })).rejects.toMatchObject({ facts: { code: 'UNAVAILABLE' } });
  expect(asked.slice(0, 4)).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH']);
  expect(asked.length).toBeLessThan(10);
});
