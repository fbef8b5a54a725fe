import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { API } from './api.ts';
import {
  FileDownloadError,
  FileRemovalError,
  FileUploadError,
  ForbiddenError,
  RemoteOperationError,
  UnauthorizedError,
} from './errors/errors.ts';
import type { Experiment } from './experiment.ts';
import type { Progress } from './progress.ts';
import { type Answer, brokenServer, onlyFiles, sendJson } from './testing/broken-server.ts';
import { leftOut } from './testing/left-out.ts';

/** Bytes that `crypto.subtle` does not take at once. */
const GIANT = 2 ** 31;
const EID = '20240101-1';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'aqueduct-client-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function experimentOn(answer: Answer): Promise<Experiment> {
  return new API(await brokenServer(onlyFiles(answer))).getExperimentByEid(EID);
}

/** One operation of each kind, with the class of its errors. */
const operations: [
  string,
  new (...args: never[]) => Error,
  (e: Experiment, dir: string) => Promise<unknown>,
][] = [
  ['uploadFile', FileUploadError, (e) => e.uploadFile(new Blob(['x']), { name: 'a.txt' })],
  ['downloadFile', FileDownloadError, (e, dir) => e.downloadFile('a.txt', dir)],
  ['readFile', FileDownloadError, (e) => e.readFile('a.txt')],
  ['removeFiles', FileRemovalError, (e) => e.removeFiles(['a.txt'])],
];

test('a creation without an answer may be done: the error says how to find out', async () => {
  const silent = new API(await brokenServer(() => undefined), { timeout: 0.05 });
  const failing = silent.createExperiment('x', '');
  await expect(failing).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'TIMEOUT' });
  await expect(failing).rejects.toThrow('It may exist now: try again only with the same idempotencyKey.');
  const refusing = new API(await brokenServer((_, response) => sendJson(response, 503, {})));
  await expect(refusing.createExperiment('x', '')).rejects.not.toThrow('may exist');
  // One that `fetch` keeps for another protocol.
  const uncalled = new API('http://127.0.0.1:6000').createExperiment('x', '');
  await expect(uncalled).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await expect(uncalled).rejects.not.toThrow('may exist');
});

test('a file that a proxy has compressed has no size, and is whole', async () => {
  const text = 'x'.repeat(1000);
  const experiment = await experimentOn((_, response) => {
    response.setHeader('content-encoding', 'gzip').setHeader('etag', `W/"${sha256(text)}"`);
    const bytes = gzipSync(text);
    response.setHeader('content-length', bytes.length).end(bytes);
  });
  const seen: Progress[] = [];
  const file = await experiment.readFile('a.txt', { onProgress: (progress) => seen.push(progress) });
  expect(await file.text()).toBe(text);
  expect(seen.at(-1)).toEqual({ bytes: 1000, total: undefined });
});

test('an error of the caller is no failure of the disk, whatever it looks like', async () => {
  const experiment = await experimentOn((_, response) =>
    response.setHeader('etag', `"${sha256('x')}"`).end('x'),
  );
  const thrown = Object.assign(new Error('no'), { syscall: 'open', code: 'ENOENT' });
  const onProgress = () => {
    throw thrown;
  };
  const path = await folder();
  await expect(experiment.downloadFile('a.txt', path, { onProgress })).rejects.toBe(thrown);
  expect(await readdir(path)).toEqual([]);
});

describe('a server that is not there', () => {
  test('is named with the reason', async () => {
    const api = new API(`http://127.0.0.1:${await closedPort()}`);
    const failing = api.createExperiment('x', '');
    await expect(failing).rejects.toBeInstanceOf(RemoteOperationError);
    await expect(failing).rejects.toMatchObject({ code: 'UNREACHABLE', status: undefined });
    await expect(failing).rejects.toThrow(
      /at http:\/\/127\.0\.0\.1:\d+: The server can not be reached \(.*ECONNREFUSED.*\)/,
    );
  });

  test('is named in one line where it speaks no TLS', async () => {
    const url = await brokenServer(onlyFiles(() => undefined));
    const api = new API(url.replace('http:', 'https:'));
    const reason = expect.stringMatching(
      /^The server can not be reached \([^\n]*wrong version number[^\n]*\)\. Check/,
    );
    await expect(api.findExperiments()).rejects.toMatchObject({ code: 'UNREACHABLE', reason });
  });

  test.each(operations)('%s throws its own error', async (_name, ErrorClass, operate) => {
    let isUp = true;
    const url = await brokenServer((request, response) => {
      onlyFiles(() => undefined)(request, response);
      if (!isUp) request.socket.destroy();
    });
    const experiment = await new API(url).getExperimentByEid(EID);
    isUp = false;
    const failing = operate(experiment, await folder());
    await expect(failing).rejects.toBeInstanceOf(ErrorClass);
    await expect(failing).rejects.toMatchObject({
      code: expect.stringMatching(/UNREACHABLE|CONNECTION_LOST/),
    });
    await expect(failing).rejects.toThrow(`experiment ${EID} at ${url}: `);
  });
});

describe('silence', () => {
  test('of half a second is an error that says what to do', async () => {
    const api = new API(await brokenServer(() => undefined));
    const start = performance.now();
    await expect(api.findExperiments()).rejects.toMatchObject({
      name: 'RemoteOperationError',
      code: 'TIMEOUT',
    });
    expect(performance.now() - start).toBeGreaterThan(450);
    expect(performance.now() - start).toBeLessThan(1500);
    await expect(api.findExperiments()).rejects.toThrow('Nothing came from the server for 0.5 s.');
  });

  test('may be longer where the API says so', async () => {
    const late: Answer = (_, response) => void sleep(900).then(() => sendJson(response, 200, experiments()));
    expect(await new API(await brokenServer(late), { timeout: 3 }).findExperiments()).toEqual([]);
  });

  test('is not what a slow but moving transfer has', async () => {
    const text = 'slow but steady';
    const drip = async (response: ServerResponse) => {
      response.writeHead(200, { etag: `"${sha256(text)}"`, 'content-length': text.length });
      for (const letter of text) {
        response.write(letter);
        await sleep(100);
      }
      response.end();
    };
    const experiment = await experimentOn((_, response) => void drip(response));
    expect(await (await experiment.readFile('a.txt')).text()).toBe(text);
  });

  test('in the middle of a download ends it and leaves nothing', async () => {
    const directory = await folder();
    const experiment = await experimentOn((_, response) => {
      response.writeHead(200, { etag: `"${sha256('ab')}"`, 'content-length': 2 }).write('a');
    });
    await expect(experiment.downloadFile('a.txt', directory)).rejects.toMatchObject({
      name: 'FileDownloadError',
      code: 'TIMEOUT',
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('does not count while this process itself is busy', async () => {
    const api = new API(await brokenServer((_, response) => sendJson(response, 200, experiments())));
    const asked = api.findExperiments();
    await sleep(5);
    const end = performance.now() + 1200;
    while (performance.now() < end);
    expect(await asked).toEqual([]);
  });
});

const experiments = () => ({ data: { experiments: { experimentsData: [], endCursor: null } } });

describe('an answer that is not of Aqueduct', () => {
  const page: Answer = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>');

  test.each<[string, Answer]>([
    ['a page', page],
    ['JSON of another kind', (_, response) => sendJson(response, 200, { hello: 'world' })],
    ['a list', (_, response) => sendJson(response, 200, [])],
    ['nothing', (_, response) => response.end()],
  ])('%s is told as such', async (_what, answer) => {
    const failing = new API(await brokenServer(answer)).findExperiments();
    await expect(failing).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'BAD_ANSWER' });
    await expect(failing).rejects.toThrow('Check that the url is the address of an Aqueduct server');
  });

  test('is not taken for an upload that was done', async () => {
    const experiment = await experimentOn((request, response) => {
      request.resume().on('end', () => page(request, response));
    });
    await expect(experiment.uploadFile(new Blob(['x']), { name: 'a' })).rejects.toMatchObject({
      code: 'BAD_ANSWER',
    });
  });

  test('is not taken for a removal that was done', async () => {
    const failing = (await experimentOn(page)).removeFiles(['a']);
    await expect(failing).rejects.toMatchObject({ name: 'FileRemovalError', code: 'BAD_ANSWER' });
  });

  test('is not taken for an upload in pieces', async () => {
    const failing = (await experimentOn(page)).uploadFile(new Blob(['x']), { name: 'a', resumableFrom: 1 });
    await expect(failing).rejects.toMatchObject({ name: 'FileUploadError', code: 'BAD_ANSWER', status: 200 });
  });

  const numbers = { experiment: 5, experiments: 5, createExperiment: 5, extensions: 5, tasks: 5 };
  test.each([
    ['no data', {}],
    ['other data', numbers],
  ])('may be %s', async (_what, data) => {
    const api = new API(await brokenServer((_, response) => sendJson(response, 200, { data })));
    for (const ask of [
      () => api.getExperimentByEid(EID),
      () => api.findExperiments(),
      () => api.createExperiment('x', ''),
      () => api.getExtensions(),
      () => api.getTasks(),
    ])
      await expect(ask()).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'BAD_ANSWER' });
  });

  test.each<[string, string, string]>([
    [
      'https://lab.example/api/graphql',
      'https://lab.example/api/graphql',
      'Use https://lab.example as the url',
    ],
    [
      'https://lab.example/1/api/graphql',
      'https://lab.example/1/api/graphql',
      'Use https://lab.example/1 as',
    ],
    ['https://lab.example/login?to=%2F', 'https://lab.example/login?to=%2F', 'If that is a login page'],
    ['https://lab.example/', 'https://lab.example/', 'If that is a login page'],
    ['/login', 'http://127.0.0.1', 'If that is a login page'],
    ['/api/graphql', 'http://127.0.0.1', 'Else check that the url is right'],
    ['http://', 'another address', 'If that is a login page'],
  ])('sends callers to %s', async (location, target, advice) => {
    const url = await brokenServer((_, response) => response.writeHead(301, { location }).end());
    const failing = new API(url).findExperiments();
    await expect(failing).rejects.toMatchObject({ code: 'REDIRECTED', status: 301 });
    await expect(failing).rejects.toThrow(`${url}/api/graphql sends callers to ${target}`);
    await expect(failing).rejects.toThrow(advice);
  });

  test('sends callers elsewhere, and does not say where, as in browsers', async () => {
    const url = await brokenServer((_, response) => response.writeHead(302).end());
    const failing = new API(url).findExperiments();
    await expect(failing).rejects.toThrow(`${url}/api/graphql sends callers to another address. If that is`);
  });

  test.each([
    [
      400,
      'text/plain',
      'No GraphQL query found in the request',
      'BAD_INPUT',
      'No GraphQL query found in the request',
    ],
    [502, 'text/html', '<h1>Bad gateway</h1>', 'UNAVAILABLE', 'The server answered with status 502.'],
    [418, 'text/plain', '', 'HTTP_418', 'The server answered with status 418.'],
  ])('%d in %s', async (status, type, body, code, reason) => {
    const api = new API(
      await brokenServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body)),
    );
    await expect(api.findExperiments()).rejects.toMatchObject({ status, code, reason });
  });
});

describe('a place where no Aqueduct is', () => {
  test.each<[number, string, string]>([
    [404, 'text/html', '<h1>Not here</h1>'],
    [404, 'text/plain', '404 page not found'],
    [404, 'application/json', '{"error":"not found"}'],
    // Of an Aqueduct, but not at the address of its API.
    [404, 'application/json', '{"detail":"There is nothing at /x/api/graphql.","code":"NOT_FOUND"}'],
    [405, 'application/json', '{"detail":"Method Not Allowed","code":"METHOD_NOT_ALLOWED"}'],
    [405, 'text/html', '<h1>405 Not Allowed</h1>'],
  ])('is told as such: %d in %s', async (status, type, body) => {
    const answer: Answer = (_, response) => response.writeHead(status, { 'content-type': type }).end(body);
    const failing = new API(await brokenServer(answer)).getExperimentByEid(EID);
    await expect(failing).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'BAD_ANSWER', status });
    await expect(failing).rejects.toThrow('Check that the url is the address of an Aqueduct server');
  });

  test.each([404, 405])('is no missing file: %d', async (status) => {
    const experiment = await experimentOn((_, response) => response.writeHead(status).end('<h1>No</h1>'));
    for (const [, ErrorClass, operate] of operations) {
      const failing = operate(experiment, await folder());
      await expect(failing).rejects.toBeInstanceOf(ErrorClass);
      await expect(failing).rejects.toMatchObject({ code: 'BAD_ANSWER', status });
    }
  });
});

describe('a refusal', () => {
  test('for want of a token is an UnauthorizedError of every operation', async () => {
    const refuse: Answer = (_, response) =>
      sendJson(response, 401, { detail: 'The token has ended.', code: 'UNAUTHORIZED', requestId: 'r-7' });
    const expected = { status: 401, code: 'UNAUTHORIZED', requestId: 'r-7' };
    const listing = new API(await brokenServer(refuse)).findExperiments();
    await expect(listing).rejects.toBeInstanceOf(UnauthorizedError);
    await expect(listing).rejects.toThrow(
      'The token has ended. A token is given as new API(url, { token }), or by the',
    );
    const experiment = await experimentOn(refuse);
    for (const [, , operate] of operations) {
      const failing = operate(experiment, await folder());
      await expect(failing).rejects.toBeInstanceOf(UnauthorizedError);
      await expect(failing).rejects.toMatchObject(expected);
    }
  });

  test('for want of a right is a ForbiddenError, by status or inside of GraphQL', async () => {
    const errors = [{ message: 'You may not.', extensions: { code: 'FORBIDDEN', requestId: 'r-8' } }];
    for (const status of [200, 403]) {
      const failing = new API(
        await brokenServer((_, response) => sendJson(response, status, { data: null, errors })),
      ).createExperiment('x', '');
      await expect(failing).rejects.toBeInstanceOf(ForbiddenError);
      await expect(failing).rejects.toMatchObject({ code: 'FORBIDDEN', status, requestId: 'r-8' });
      await expect(failing).rejects.toThrow('You may not.');
    }
    const experiment = await experimentOn((_, response) => sendJson(response, 403, { detail: 'No.' }));
    for (const [, , operate] of operations) {
      await expect(operate(experiment, await folder())).rejects.toBeInstanceOf(ForbiddenError);
    }
  });

  test('for now says when to try again', async () => {
    const busy: Answer = (_, response) => {
      response.setHeader('retry-after', '7').setHeader('x-request-id', 'r-9');
      sendJson(response, 503, { detail: 'The database is busy.', code: 'UNAVAILABLE' });
    };
    const expected = { status: 503, code: 'UNAVAILABLE', retryAfter: 7, requestId: 'r-9' };
    const listing = new API(await brokenServer(busy)).findExperiments();
    await expect(listing).rejects.toMatchObject({ name: 'RemoteOperationError', ...expected });
    await expect(listing).rejects.toThrow('The database is busy. Try again in 7 s.');
    const experiment = await experimentOn(busy);
    for (const [, ErrorClass, operate] of operations) {
      const failing = operate(experiment, await folder());
      await expect(failing).rejects.toBeInstanceOf(ErrorClass);
      await expect(failing).rejects.toMatchObject(expected);
    }
  });

  test('by a proxy on the way, of a large upload', async () => {
    const experiment = await experimentOn((_, response) => {
      response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>Too large</h1>');
    });
    const upload = experiment.uploadFile(new Blob([new Uint8Array(50_000_000)]), { name: 'a' });
    await expect(upload).rejects.toMatchObject({ name: 'FileUploadError', code: 'TOO_LARGE', status: 413 });
  });

  test('with a list of what is wrong', async () => {
    const experiment = await experimentOn((_, response) =>
      sendJson(response, 422, { detail: [{ msg: 'Field required' }, { msg: 'Too short' }] }),
    );
    await expect(experiment.removeFiles(['a'])).rejects.toMatchObject({
      code: 'INVALID_BODY',
      reason: 'Field required Too short',
    });
  });
});

describe('a download', () => {
  test.each<[string, string, Answer]>([
    [
      'damaged bytes',
      'CHECKSUM_MISMATCH',
      (_, response) => response.setHeader('etag', `"${sha256('a')}"`).end('b'),
    ],
    ['no checksum', 'BAD_ANSWER', (_, response) => void response.end('b')],
    [
      'a broken line',
      'CONNECTION_LOST',
      (_, response) => {
        response.writeHead(200, { etag: `"${sha256('ab')}"`, 'content-length': 2 }).write('a');
        setTimeout(() => response.destroy(), 50);
      },
    ],
    [
      'a line that broke at a good place',
      'CHECKSUM_MISMATCH',
      (_, response) => response.setHeader('etag', `W/"${sha256('ab')}"`).end('a'),
    ],
  ])('with %s leaves nothing', async (_what, code, answer) => {
    const experiment = await experimentOn(answer);
    const directory = await folder();
    const expected = { name: 'FileDownloadError', code };
    await expect(experiment.downloadFile('a.txt', directory)).rejects.toMatchObject(expected);
    await expect(experiment.readFile('a.txt')).rejects.toMatchObject(expected);
    expect(await readdir(directory)).toEqual([]);
  });
});

test.skipIf(leftOut(freemem() < 2 * GIANT, 'a file of 2 GiB', 'less than 4 GiB of memory are free'))(
  'a file of 2 GiB is read, and compared',
  { timeout: 240_000 },
  async () => {
    const piece = new Uint8Array(1024 * 1024);
    const hash = createHash('sha256');
    for (let bytes = 0; bytes < GIANT; bytes += piece.length) hash.update(piece);
    const etag = `"${hash.digest('hex')}"`;
    const experiment = await experimentOn(async (_, response) => {
      response.writeHead(200, { etag, 'content-length': GIANT });
      for (let bytes = 0; bytes < GIANT; bytes += piece.length)
        if (!response.write(piece)) await once(response, 'drain');
      response.end();
    });
    expect((await experiment.readFile('giant.bin')).size).toBe(GIANT);
  },
);

test('an upload whose connection breaks says how far it came', async () => {
  const experiment = await experimentOn((request) => {
    request.once('data', () => request.socket.resetAndDestroy());
  });
  await expect(
    experiment.uploadFile(new Blob([new Uint8Array(50_000_000)]), { name: 'a' }),
  ).rejects.toMatchObject({
    name: 'FileUploadError',
    code: 'CONNECTION_LOST',
    reason: expect.stringMatching(/^The connection broke off after at most \d+ bytes \(/),
  });
});

test('an upload whose answer breaks off may be done, and says so', async () => {
  const experiment = await experimentOn(async (request, response) => {
    await text(request);
    response.writeHead(200, { 'content-length': 100 }).write('{"result":');
    setTimeout(() => request.socket.resetAndDestroy(), 50);
  });
  await expect(experiment.uploadFile(new Blob(['x']), { name: 'a' })).rejects.toMatchObject({
    name: 'FileUploadError',
    code: 'CONNECTION_LOST',
  });
});

test('an upload that never began lets go of its stream', async () => {
  const experiment = await experimentOn(() => undefined);
  const stream = Readable.from([new Uint8Array(1)]);
  await expect(
    experiment.uploadFile(stream, { name: 'a', signal: AbortSignal.abort(new Error('no more')) }),
  ).rejects.toThrow('no more');
  await expect.poll(() => stream.destroyed).toBe(true);
});

test('a download that can not be saved lets go of its connection', async () => {
  const open = new Set<object>();
  const experiment = await experimentOn(({ socket }, response) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    response.setHeader('etag', `"${sha256('')}"`).write(new Uint8Array(10_000_000));
  });
  for (let i = 0; i < 5; i += 1) {
    await expect(experiment.downloadFile('a.txt', join(await folder(), 'none'))).rejects.toMatchObject({
      code: 'LOCAL_FILE',
    });
  }
  // At once, and not when the collector of garbage finds it.
  await expect.poll(() => open.size, { timeout: 500 }).toBe(0);
});

test('what identifies an experiment is fixed', async () => {
  const experiment = await experimentOn(() => undefined);
  const { uuid, createdAt } = experiment;
  for (const [name, value] of Object.entries({
    uuid: 'x',
    eid: 'x',
    createdAt: new Date(),
    createdAtExact: 'x',
  }))
    expect(() => Object.assign(experiment, { [name]: value }), name).toThrow(TypeError);
  experiment.createdAt.setTime(0);
  expect([experiment.uuid, experiment.eid, experiment.createdAt]).toEqual([uuid, EID, createdAt]);
});
