import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { API } from './api.ts';
import { AqueductError, InvalidArgumentError } from './errors/errors.ts';
import { brokenServer, sendJson } from './testing/broken-server.ts';

afterEach(() => void vi.unstubAllEnvs());

/** What a server was asked, and with which token. */
async function asked(path: string, options?: { token?: string }) {
  const seen: { url: string | undefined; authorization: string | undefined }[] = [];
  const url = await brokenServer(({ url, headers }, response) => {
    seen.push({ url, authorization: headers.authorization });
    const identity = {
      uuid: '0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11',
      eid: '1',
      createdAt: '2024-01-01T00:00:00Z',
    };
    if (!url?.endsWith('/api/graphql')) return sendJson(response, 200, { result: '' });
    sendJson(response, 200, { data: { createExperiment: identity } });
  });
  const experiment = await new API(url + path, options).createExperiment('x', '');
  await experiment.uploadFile(new Blob(['x']), { name: 'a' });
  await experiment.removeFiles(['a']);
  return seen;
}

describe('the address', () => {
  test.each(['/lab/1', '/lab/1/'])('may have a path: %s', async (path) => {
    const files = '/lab/1/api/files/0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11';
    const urls = (await asked(path)).map(({ url }) => url);
    expect(urls).toEqual(['/lab/1/api/graphql', files, `${files}/delete_files`]);
  });

  test('may be a URL, and is told without its last slash', () => {
    expect(new API(new URL('http://localhost:8000')).url).toBe('http://localhost:8000');
  });

  test.each([
    ['http://localhost/?', 'http://localhost'],
    ['http://localhost/lab?#', 'http://localhost/lab'],
    ['http://localhost//', 'http://localhost'],
    ['http://localhost/lab//', 'http://localhost/lab'],
  ])('has nothing behind its path: %s', (given, told) => {
    expect(new API(given).url).toBe(told);
  });

  test('needs nothing that Node has only since 22.1', () => {
    const { parse } = URL;
    onTestFinished(() => void Object.assign(URL, { parse }));
    Object.assign(URL, { parse: undefined });
    expect(new API('http://localhost:8000/').url).toBe('http://localhost:8000');
    expect(() => new API('localhost:8000')).toThrow(InvalidArgumentError);
  });

  test.each([
    [undefined, 'The url must be a text'],
    ['', 'must begin with http:// or https://'],
    [
      'localhost:8000',
      'must begin with http:// or https://, like "http://localhost:8000"; "localhost:8000" does not.',
    ],
    ['ftp://localhost', 'must begin with http:// or https://'],
    ['http://', 'must begin with http:// or https://'],
    ['http://me:secret@localhost', 'must not hold a user or password'],
    ['http://localhost/?a=1', '"?a=1" is too much'],
  ])('%s is refused at once', (url, message) => {
    const make = () => new API(url as string);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(AqueductError);
    expect(make).toThrow(message);
  });
});

describe('the token', () => {
  test('goes with every request', async () => {
    vi.stubEnv('API_TOKEN', 'from-environment');
    expect((await asked('', { token: 'mine' })).map(({ authorization }) => authorization)).toEqual(
      Array(3).fill('Bearer mine'),
    );
  });

  test('is that of the environment where none is given', async () => {
    vi.stubEnv('API_TOKEN', 'from-environment');
    expect((await asked('')).map(({ authorization }) => authorization)).toEqual(
      Array(3).fill('Bearer from-environment'),
    );
    expect((await asked('', { token: '' }))[0]?.authorization).toBeUndefined();
  });

  test('need not be', async () => {
    vi.stubEnv('API_TOKEN', undefined);
    expect((await asked(''))[0]?.authorization).toBeUndefined();
  });

  test('that no header can carry is refused, and not shown', () => {
    const make = () => new API('http://localhost:8000', { token: 'top secret\n' });
    expect(make).toThrow(InvalidArgumentError);
    expect(make).not.toThrow(/top secret/);
  });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null])(
  'a timeout of %s is refused',
  (timeout) => {
    const make = () => new API('http://localhost:8000', { timeout: timeout as number });
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow('timeout must be seconds above 0');
  },
);

test('a page size that can not be is refused at once', () => {
  expect(() => new API('http://localhost:8000').experiments({ pageSize: 0 })).toThrow(
    'whole number from 1 on, not 0',
  );
});
