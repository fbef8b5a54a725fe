import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectHarmless } from './expect-harmless.ts';
import { rawRequest } from './raw-request.ts';

let server: ServerProcess;
let files: string;

beforeAll(async () => {
  server = await startServer({
    env: { AQUEDUCT_UPLOAD_MAX_BYTES: '1000000', AQUEDUCT_ALLOWED_HOSTS: 'lab.example.org' },
  });
  const { uuid } = await create(server.url, 'http');
  files = `/api/files/${uuid}`;
  await upload(server.url, uuid, 'ten.txt', new TextEncoder().encode('0123456789'));
});
afterAll(() => server.stop());

const QUERY = '{"query":"{ getCurrentUserInfo { username } }"}';

/** Every route, and addresses of none. */
const routes: readonly (readonly [string, string, string])[] = [
  ['POST', '/api/graphql', QUERY],
  ['GET', '/api/graphql?query=%7B__typename%7D', ''],
  ['GET', '/api/graphql', ''],
  ['GET', '/api/docs', ''],
  ['GET', '/api/openapi.json', ''],
  ['GET', '/api/graphiql/graphiql.js', ''],
  ['GET', '/api/graphiql/constructor', ''],
  ['POST', 'FILES', ''],
  ['POST', 'FILES/delete_files', '{"file_list":["x"]}'],
  ['GET', 'FILES/ten.txt', ''],
  ['HEAD', 'FILES/ten.txt', ''],
  ['GET', '/health', ''],
  ['GET', '/ready', ''],
  ['GET', '/', ''],
  ['GET', '/aqd/experiments', ''],
  ['GET', '/api/nothing', ''],
  ['PUT', '/api/graphql', ''],
];

function send(method: string, path: string, headers: string, body = '') {
  const length = body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return rawRequest(
    server.url,
    `${method} ${path.replace('FILES', files)} HTTP/1.1\r\n${headers}${length}Connection: close\r\n\r\n${body}`,
  );
}

describe.each(routes)('%s %s', (method, path, body) => {
  test.each([
    ['another host', 'Host: evil.example\r\n', 421],
    ['another host with our port', 'Host: evil.example:8000\r\n', 421],
    ['a host that begins like ours', 'Host: localhost.evil.example\r\n', 421],
    ['an address of the network', 'Host: 192.168.1.5\r\n', 421],
    ['a forwarded host from nobody trusted', 'Host: evil.example\r\nX-Forwarded-Host: localhost\r\n', 421],
    ['another origin', 'Host: localhost\r\nOrigin: http://evil.example\r\n', 403],
    ['our name on another port', 'Host: localhost\r\nOrigin: http://localhost:9999\r\n', 403],
    ['the origin null', 'Host: localhost\r\nOrigin: null\r\n', 403],
    ['another scheme', 'Host: localhost\r\nOrigin: https://localhost\r\n', 403],
    ['a request of another site', 'Host: localhost\r\nSec-Fetch-Site: cross-site\r\n', 403],
    [
      'a request of the same site',
      'Host: localhost\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n',
      403,
    ],
    [
      'a frame of another site',
      'Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n',
      403,
    ],
  ])('%s', async (_, headers, status) => {
    const answer = await send(method, path, headers, body);
    // Probes ask by any host.
    const isAnswered = status === 421 && ['/health', '/ready'].includes(path);
    expect(answer.status).toBe(isAnswered ? 200 : status);
    if (isAnswered) return;
    expect(answer.headers['content-length']).toBeDefined();
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    if (method !== 'HEAD')
      expect(Object.keys(JSON.parse(answer.body) as object).toSorted()).toEqual([
        'code',
        'detail',
        'requestId',
      ]);
  });

  test.each([
    'localhost',
    'LOCALHOST:1234',
    '127.0.0.1:80',
    '[::1]:8000',
    'aqueduct.localhost',
    'lab.example.org',
  ])('answers for %s', async (host) => {
    const answer = await send(
      method,
      path,
      `Host: ${host}\r\nOrigin: http://${host}\r\nSec-Fetch-Site: same-origin\r\n`,
      body,
    );
    expect([403, 421]).not.toContain(answer.status);
  });
});

describe('links from other sites', () => {
  const link =
    'Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n';
  test.each([
    ['GET', '/', 200],
    ['GET', '/aqd/experiments', 200],
    ['GET', 'FILES/ten.txt', 200],
    ['GET', '/api/docs', 200],
    ['GET', '/api/graphql?query=%7B__typename%7D', 403],
    ['POST', 'FILES', 403],
    ['POST', '/api/graphql', 403],
  ])('%s %s', async (method, path, status) => {
    expect((await send(method, path, link)).status).toBe(status);
  });
});

describe('bytes that are no request', () => {
  const head = 'Host: localhost\r\n';
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no version, and so no host', 'GET /\r\n\r\n', 421],
    ['HTTP/3.7', 'GET / HTTP/3.7\r\n\r\n', 400],
    ['a method of no standard', `BREW / HTTP/1.1\r\n${head}\r\n`, 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 421],
    [
      'two lengths',
      `POST /api/graphql HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      400,
    ],
    [
      'length and chunks',
      `POST /api/graphql HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a negative length', `POST /api/graphql HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`, 400],
    ['a length in words', `POST /api/graphql HTTP/1.1\r\n${head}Content-Length: five\r\n\r\n`, 400],
    ['bad chunks', `POST /api/graphql HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 400],
    ['a blank in a name', `GET / HTTP/1.1\r\n${head}Bad Name: x\r\n\r\n`, 400],
    ['a NUL in a header', `GET / HTTP/1.1\r\n${head}X: a\0b\r\n\r\n`, 400],
    ['headers of 100 kB', `GET / HTTP/1.1\r\n${head}X: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['a bad escape in place of a UUID', `GET /api/files/%zz/x HTTP/1.1\r\n${head}\r\n`, 422],
    ['a UUID of 5,000 characters', `GET /api/files/${'a'.repeat(5000)}/x HTTP/1.1\r\n${head}\r\n`, 422],
    ['an unknown path of the API', `GET /api/../api/nothing HTTP/1.1\r\n${head}\r\n`, 404],
    [
      'broken JSON for an unknown path',
      `POST /api/nothing HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{`,
      404,
    ],
    [
      'a body for an unknown path that does not come',
      `POST /api/nothing HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
      404,
    ],
    [
      'a text for a page that does not come',
      `PUT / HTTP/1.1\r\n${head}Content-Type: text/plain\r\nContent-Length: 9\r\n\r\n{`,
      405,
    ],
  ])('%s', async (_, bytes, status) => {
    const answer = await rawRequest(server.url, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-length']).toBeDefined();
    expectHarmless(answer.status, answer.body);
  });
});

test.each(['POST', 'HEAD', 'DELETE'])('%s is no method of a zip, which is only read', async (method) => {
  const answer = await fetch(`${server.url}${files.replace('files', 'zip')}`, { method });
  expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({
    status: 405,
    allow: 'GET',
  });
});

test('what nobody knows to expect is not expected', async () => {
  const answer = await send('GET', 'FILES/ten.txt', 'Host: localhost\r\nExpect: foo\r\n');
  expect([answer.status, answer.body]).toEqual([200, '0123456789']);
  expect((await send('GET', '/api/nothing', 'Host: evil.example\r\nExpect: foo\r\n')).status).toBe(421);
});

test('a tunnel is refused in words', async () => {
  const answer = await rawRequest(server.url, 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    405,
    { detail: 'This server is no proxy.', code: 'BAD_INPUT', requestId: null },
  ]);
});

test('names end like what every object has', async () => {
  for (const name of ['a.constructor', 'a.__proto__']) {
    const answer = await upload(server.url, files.split('/')[3] ?? '', name, new TextEncoder().encode('x'));
    expect(answer.status).toBe(200);
    expect((await fetch(`${server.url}${files}/${name}`)).headers.get('content-type')).toBe(
      'application/octet-stream',
    );
  }
});

describe('ranges', () => {
  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=9-9', 206, '9', 'bytes 9-9/10'],
    ['bytes=10-', 416, undefined, 'bytes */10'],
    ['bytes=99-100', 416, undefined, 'bytes */10'],
    // No range at all (RFC 9110, 14.1.1), so it does not count.
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=5-2,0-1', 200, '0123456789', undefined],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['lines=0-1', 200, '0123456789', undefined],
    ['bytes', 200, '0123456789', undefined],
    ['nonsense', 200, '0123456789', undefined],
  ])('%s', async (range, status, body, contentRange) => {
    const answer = await send('GET', 'FILES/ten.txt', `Host: localhost\r\nRange: ${range}\r\n`);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-range']).toBe(contentRange);
    if (body !== undefined) expect(answer.body).toBe(body);
  });

  test('names that are no escapes, that nobody can have, and that are too long', async () => {
    const bytesOf = async (name: string) => {
      const { status, body } = await send('GET', `FILES/${name}`, 'Host: localhost\r\n');
      return `${status} ${body}`;
    };
    expect(await bytesOf('100%.txt')).toContain('404 {"detail":"The requested file is not found."');
    expect(await bytesOf('gr%F6%DFe.txt')).toContain('404 {"detail":"The requested file is not found."');
    expect(await bytesOf('n'.repeat(5000))).toContain('400 {"detail":"Invalid file name."');
  });

  test('conditions', async () => {
    const { headers } = await send('GET', 'FILES/ten.txt', 'Host: localhost\r\n');
    const ask = async (lines: string) =>
      (await send('GET', 'FILES/ten.txt', `Host: localhost\r\n${lines}`)).status;
    expect(await ask(`If-None-Match: ${headers.etag}\r\n`)).toBe(304);
    expect(await ask(`If-None-Match: "x", W/${headers.etag}\r\n`)).toBe(304);
    expect(await ask('If-None-Match: "x"\r\n')).toBe(200);
    expect(await ask(`If-Modified-Since: ${headers['last-modified']}\r\n`)).toBe(304);
    expect(await ask('If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n')).toBe(200);
    expect(await ask(`Range: bytes=0-1\r\nIf-Range: ${headers.etag}\r\n`)).toBe(206);
    expect(await ask('Range: bytes=0-1\r\nIf-Range: "x"\r\n')).toBe(200);
    // Another version may have come in the same second.
    expect(await ask(`Range: bytes=0-1\r\nIf-Range: ${headers['last-modified']}\r\n`)).toBe(200);
    expect(await ask(`If-Match: "x", ${headers.etag}\r\n`)).toBe(200);
    expect(await ask('If-Match: *\r\n')).toBe(200);
    expect(await ask(`Range: bytes=0-1\r\nIf-Match: "x", W/${headers.etag}\r\n`)).toBe(412);
    expect(await ask(`If-Unmodified-Since: ${headers['last-modified']}\r\n`)).toBe(200);
    expect(await ask('If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n')).toBe(412);
    expect(await ask('If-Unmodified-Since: nonsense\r\n')).toBe(200);
  });
});

describe('bodies of JSON', () => {
  const post = (path: string, body: Uint8Array<ArrayBuffer>, type = 'application/json') =>
    fetch(server.url + path.replace('FILES', files), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
  const list = Buffer.from('{"file_list":["ten.txt"]}');

  test('in latin-1 are none: nothing is stored with other letters', async () => {
    const answer = await post(
      '/api/graphql',
      Buffer.from('{"query":"{ __typename }","variables":{"t":"Größe"}}', 'latin1'),
    );
    expect([answer.status, await answer.text()]).toEqual([400, 'Unable to parse request body as JSON']);
    const { status } = await post('FILES/delete_files', Buffer.from('{"file_list":["größe.txt"]}', 'latin1'));
    expect(status).toBe(422);
  });

  test('may begin with a byte order mark', async () => {
    const answer = await post('/api/graphql', Buffer.from('\ufeff{"query":"{ __typename }"}'));
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'are no %s: nothing is deleted',
    async (type) => {
      const answer = await post('FILES/delete_files', list, type);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({
        detail: [{ type: 'model_attributes_type', loc: ['body'] }],
      });
    },
  );
});

describe('forms', () => {
  const part = (name: string, text: string, more = '; filename="x"') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;
  const wrong = { detail: 'The file is not sent correctly.' };
  test.each([
    ['no part', '--b--\r\n'],
    ['no boundary in the body', 'hello'],
    ['an empty body', ''],
    ['two files', `${part('file', 'a')}${part('file', 'b')}--b--\r\n`],
    ['another field', `${part('document', 'a')}--b--\r\n`],
    ['File in capitals', `${part('FILE', 'a')}--b--\r\n`],
    ['ten thousand parts', `${part('x', 'a', '').repeat(10_000)}--b--\r\n`],
    ['no end', part('file', 'a')],
    ['half a part', '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nhalf'],
    ['half a head', '--b\r\nContent-Disposition: form-da'],
    ['no name', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n'],
    ['no head', '--b\r\n\r\nx\r\n--b--\r\n'],
  ])('%s', async (_, body) => {
    const answer = await sendForm('multipart/form-data; boundary=b', body);
    expect({ status: answer.status, body: JSON.parse(answer.body) as unknown }).toEqual({
      status: 400,
      body: wrong,
    });
  });

  test.each([
    ['no boundary', 'multipart/form-data'],
    ['an empty boundary', 'multipart/form-data; boundary='],
    ['JSON', 'application/json'],
    ['a URL-encoded form', 'application/x-www-form-urlencoded'],
    ['bytes', 'application/octet-stream'],
    ['nonsense', ';;;'],
  ])('content type: %s', async (_, type) => {
    const answer = await sendForm(type, `${part('file', 'a')}--b--\r\n`);
    expect({ status: answer.status, body: JSON.parse(answer.body) as unknown }).toEqual({
      status: 400,
      body: wrong,
    });
  });

  test('a body that ends before its length', async () => {
    const body = part('file', 'a');
    const answer = await rawRequest(
      server.url,
      `POST ${files} HTTP/1.1\r\nHost: localhost\r\nfile_name: short.txt\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length + 500}\r\n\r\n${body}`,
      { endsEarly: true },
    );
    expect([0, 400]).toContain(answer.status);
    expect((await fetch(`${server.url}${files}/short.txt`)).status).toBe(404);
  });

  test.each([900_000, 1_000_000])('%i bytes are not too many', async (size) => {
    const answer = await sendForm(
      'multipart/form-data; boundary=b',
      `${part('file', 'x'.repeat(size))}--b--\r\n`,
    );
    expect(answer.status).toBe(200);
  });

  test.each([1_000_001, 1_500_000, 5_000_000])('%i bytes are too many', async (size) => {
    const answer = await sendForm(
      'multipart/form-data; boundary=b',
      `${part('file', 'x'.repeat(size))}--b--\r\n`,
    );
    expect({ status: answer.status, body: JSON.parse(answer.body) as unknown }).toEqual({
      status: 413,
      body: { detail: 'Maximum file size limit (1000000 bytes) exceeded.' },
    });
  });

  function sendForm(type: string, body: string) {
    return rawRequest(
      server.url,
      `POST ${files} HTTP/1.1\r\nHost: localhost\r\nfile_name: form.txt\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }
});

test('the server lives on, and nothing was its own fault', async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(server.output()).not.toContain('"level":50');
});
