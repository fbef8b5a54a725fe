import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { freePort } from '../start-server.ts';
import { browserScript } from './browser-script.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { extensionsFolder } from './extensions-folder.ts';
import type * as inBrowser from './in-browser.ts';
import { useServer } from './test-api.ts';

const { env } = await extensionsFolder();
const server = useServer({
  ...env,
  AQUEDUCT_UPLOAD_MAX_BYTES: '67108864',
  AQUEDUCT_ALLOWED_HOSTS: 'lab.test',
});
// A name that is not this machine's: pages from there have no crypto.subtle.
const browser = await startChromium(['--host-resolver-rules=MAP lab.test 127.0.0.1']);
if (typeof browser === 'string') console.warn(`The client is not tested in a browser: ${browser}`);

const EID = '20240101-1';

type Result<Name extends keyof typeof inBrowser> = Awaited<ReturnType<(typeof inBrowser)[Name]>>;

describe.skipIf(typeof browser === 'string')('in Chromium', () => {
  let script: string;
  beforeAll(async () => {
    script = await browserScript();
  });
  afterAll(async () => (browser as Browser).close());

  /** Runs a function of in-browser.ts in a page of the server's origin. */
  async function run<Name extends keyof typeof inBrowser>(
    name: Name,
    args: Parameters<(typeof inBrowser)[Name]>,
    origin = server.url(),
  ): Promise<Result<Name>> {
    // The policy of the server's pages would refuse a script of ours.
    const page: Page = await (browser as Browser).newPage({ bypassCSP: true });
    try {
      await page.goto(`${origin}/`);
      await page.addScriptTag({ content: script });
      return await page.evaluate<Result<Name>>(`inBrowser.${name}(...${JSON.stringify(args)})`);
    } finally {
      await page.close();
    }
  }

  test('the API has all its members', async () => {
    expect(await run('useApi', [server.url()])).toEqual({
      url: server.url(),
      timeout: 0.5,
      all: ['Ramsey', 'Rabi ΔΩ'],
      found: [true],
      byEid: true,
      byUuid: true,
      removed: 'RemoteOperationError NOT_FOUND',
      createdAt: true,
    });
  });

  const members = {
    read: ['Ramsey', 'second', ['b', 'c']],
    updated: ['Echo', '', true],
    updatedAt: true,
    files: [
      ['Größe 1.txt', 3],
      ['b.json', 2],
      ['c.txt', 6],
      ['d.txt', 9],
    ],
    blob: ['text/plain; charset=utf-8', 'abc'],
    left: ['Größe 1.txt'],
    download: 'InvalidArgumentError INVALID_ARGUMENT',
    path: 'InvalidArgumentError INVALID_ARGUMENT',
  };

  test('an experiment has all its members', async () => {
    const result = await run('useExperiment', [server.url()]);
    expect({ ...result, files: result.files.sort() }).toEqual(members);
  });

  test('also in a page that is not of this machine and came without TLS', async () => {
    const origin = server.url().replace('localhost', 'lab.test');
    const result = await run('useExperiment', [origin], origin);
    expect({ ...result, files: result.files.sort() }).toEqual(members);
  });

  test('a large file moves there and back, and is seen moving', async () => {
    const bytes = 40_000_000;
    const { size, steps, ends } = await run('moveLargeFile', [server.url(), bytes]);
    expect(size).toBe(bytes);
    expect(Math.min(...steps)).toBeGreaterThan(1);
    expect(ends).toEqual(Array(2).fill({ bytes, total: bytes }));
  });

  test('a file that could not be compared is refused before it comes', async () => {
    const url = await giantServer();
    const [code, bytes] = await run('readTooLarge', [url, EID], url);
    expect(code).toBe('FileDownloadError TOO_LARGE');
    expect(bytes).toBe(0);
  });

  test.each(['localhost', 'lab.test'])('an upload goes on with the same bytes only: %s', async (host) => {
    const bytes = 40_000_000;
    const proxy = await startCuttingProxy(server.url());
    onTestFinished(() => proxy.close());
    // Two uploads, each of which Chromium sends once more by itself.
    proxy.cutAfter(bytes / 2, 4);
    const origin = proxy.url.replace('localhost', host);
    const lost = 'FileUploadError CONNECTION_LOST';
    const { codes, isWhole } = await run('resume', [origin, bytes], origin);
    expect(isWhole).toBe(true);
    expect(codes).toEqual([lost, lost, 'undefined']);
    expect(proxy.offsets().at(-1)).toBeGreaterThan(0);
  });

  test('actions run, and tasks have all their members', async () => {
    expect(await run('useTasks', [server.url()])).toEqual({
      names: ['Test actions', 'Wire Größe', 'Wire odd', 'Wire types'],
      both: [0, 'to stdout\n', 'to stderr\n'],
      slow: 'begin\nend\n',
      lines: ['stdout: begin\n'],
      states: ['STARTED'],
      cancelled: ['REVOKED', 'begin\n'],
      again: 'begin\nend\n',
      late: 'TIMEOUT',
      found: ['wait', 'wait', 'wait', 'wait', 'both'],
      got: true,
      refused: 'RemoteOperationError BAD_INPUT',
      missing: 'InvalidArgumentError INVALID_ARGUMENT',
    });
  });

  test('any number of tasks is waited for while the page does other things', async () => {
    expect(await run('waitForMany', [server.url()])).toEqual(Array.from({ length: 10 }, () => 'REVOKED'));
  });

  test('lines of a task come while it prints them', async () => {
    const { text, wasLive } = await run('watchLines', [server.url()]);
    expect(text).toBe(Array.from({ length: 8 }, (_, i) => `größe ${i + 1}\n`).join(''));
    expect(wasLive).toBeGreaterThan(2);
  });

  test('errors are those that Node has', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expect(await run('fail', [server.url(), nowhere])).toEqual({
      used: 'FileUploadError LOCAL_FILE',
      failing: 'FileUploadError LOCAL_FILE',
      texts: 'InvalidArgumentError INVALID_ARGUMENT',
      silent: true,
      aborted: true,
      thrown: true,
      rejected: true,
      tooLarge: expect.stringMatching(/^FileUploadError (TOO_LARGE|CONNECTION_LOST)$/),
      missing: 'FileDownloadError NOT_FOUND',
      conflict: 'FileRemovalError CONFLICT',
      nowhere: 'RemoteOperationError UNREACHABLE',
      halves: 0,
    });
  });

  test('of an address that sends callers elsewhere, a browser does not tell the status', async () => {
    const url = await serverWithPage((_, response) => response.writeHead(301, { location: '/login' }).end());
    expect(await run('failAt', [url], url)).toEqual(['REDIRECTED', 'undefined']);
  });

  test('an address may be relative to the page', async () => {
    const { url, eid } = await run('useRelativeAddress', []);
    expect(url).toBe(server.url());
    expect(eid).toMatch(/^\d{8}-\d+$/);
  });
});

/** Answers a page, an experiment, and a file that says it has 3 GB. */
async function giantServer(): Promise<string> {
  const experiment = {
    uuid: '0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11',
    eid: EID,
    createdAt: '2024-01-01T00:00:00Z',
  };
  return serverWithPage(({ url }, response) => {
    if (url === '/api/graphql') response.end(JSON.stringify({ data: { experiment } }));
    else response.writeHead(200, { etag: `"${'0'.repeat(64)}"`, 'content-length': 3e9 }).write('begin');
  });
}

/** Answers a page, and everything else as it is told. */
async function serverWithPage(answer: RequestListener): Promise<string> {
  const other = createServer((request, response) => {
    if (request.url !== '/') answer(request, response);
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>A page</title>');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => {
    other.close();
    other.closeAllConnections();
  });
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}
