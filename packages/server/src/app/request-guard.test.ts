import { expect, test } from 'vitest';
import { loadConfig } from '../platform/config/load-config.ts';
import { type GuardedRequest, guardRequest } from './request-guard.ts';

const { config } = loadConfig({
  env: {
    AQUEDUCT_ALLOWED_HOSTS: 'lab.example.org,10.0.0.5:8000,[FD00:0::5]',
    AQUEDUCT_PUBLIC_URL: 'https://aqueduct.example.org/lab',
    AQUEDUCT_HOST: '192.168.1.5',
    AQUEDUCT_ALLOW_NO_LOGIN: '1',
  },
  cwd: '/',
});

const plain: GuardedRequest = {
  method: 'POST',
  route: '/api/graphql',
  hasQuery: false,
  host: 'localhost:8000',
  proxyHost: undefined,
  protocol: 'http',
  origin: undefined,
  fetchSite: undefined,
  fetchMode: undefined,
  fetchDest: undefined,
};
const link = { method: 'GET', fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document' };

function codeOf(request: Partial<GuardedRequest>): string | undefined {
  try {
    guardRequest({ ...plain, ...request }, config);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  ['localhost', undefined],
  ['LocalHost:1', undefined],
  ['a.b.localhost:8000', undefined],
  ['127.0.0.1:9', undefined],
  ['[::1]', undefined],
  ['[::1]:8000', undefined],
  ['lab.example.org:444', undefined],
  ['10.0.0.5:8000', undefined],
  ['aqueduct.example.org', undefined],
  ['aqueduct.example.org:443', undefined],
  ['Aqueduct.Example.org:443', undefined],
  ['127.0.0.2', undefined],
  ['127.255.0.1:8000', undefined],
  ['192.168.1.5:8000', undefined],
  ['192.168.1.5', undefined],
  ['[fd00::5]:8000', undefined],
  ['[fd00:0:0::0005]:8000', undefined],
  ['[0:0::1]:8000', undefined],
  [undefined, 'MISDIRECTED'],
  ['10.0.0.5', 'MISDIRECTED'],
  ['10.0.0.5:8001', 'MISDIRECTED'],
  ['aqueduct.example.org:80', 'MISDIRECTED'],
  ['aqueduct.example.org:8000', 'MISDIRECTED'],
  ['evil.example@aqueduct.example.org:443', 'MISDIRECTED'],
  ['127.0.0.1.evil.example', 'MISDIRECTED'],
  ['192.168.1.6:8000', 'MISDIRECTED'],
  ['[fd00::6]', 'MISDIRECTED'],
  ['[::]', 'MISDIRECTED'],
  ['[::1]evil.example', 'MISDIRECTED'],
  ['0.0.0.0', 'MISDIRECTED'],
  ['::1', 'MISDIRECTED'],
  ['localhost.', 'MISDIRECTED'],
  ['localhost.evil.example', 'MISDIRECTED'],
  ['evil-localhost', 'MISDIRECTED'],
  ['evil.example@localhost', 'MISDIRECTED'],
  ['localhost@evil.example', 'MISDIRECTED'],
  ['localhost#.evil.example', 'MISDIRECTED'],
  ['sub.lab.example.org', 'MISDIRECTED'],
  ['localhost, evil.example', 'BAD_INPUT'],
  ['evil.example, localhost', 'BAD_INPUT'],
])('the host %s', (host, code) => expect(codeOf({ host })).toBe(code));

test.each([
  ['localhost', 'lab.example.org', undefined],
  ['evil.example', 'localhost', 'MISDIRECTED'],
  ['localhost', 'evil.example', 'MISDIRECTED'],
])('a proxy asks by %s, forwarded for %s', (proxyHost, host, code) =>
  expect(codeOf({ proxyHost, host })).toBe(code),
);

test.each([
  [{ origin: 'http://localhost:8000' }, undefined],
  [{ origin: 'HTTP://LOCALHOST:8000' }, undefined],
  [{ origin: 'https://aqueduct.example.org' }, undefined],
  [{ host: 'lab.example.org', protocol: 'https', origin: 'https://lab.example.org' }, undefined],
  [{ host: 'lab.example.org:443', protocol: 'https', origin: 'https://lab.example.org' }, undefined],
  [{ host: 'lab.example.org', origin: 'https://lab.example.org' }, 'FORBIDDEN'],
  [{ origin: 'http://localhost' }, 'FORBIDDEN'],
  [{ origin: 'http://localhost:3000' }, 'FORBIDDEN'],
  [{ origin: 'http://127.0.0.1:8000' }, 'FORBIDDEN'],
  [{ origin: 'https://localhost:8000' }, 'FORBIDDEN'],
  [{ origin: 'http://aqueduct.example.org' }, 'FORBIDDEN'],
  [{ origin: 'null' }, 'FORBIDDEN'],
  [{ origin: '' }, 'FORBIDDEN'],
  [{ origin: 'http://localhost:8000.evil.example' }, 'FORBIDDEN'],
])('the origin in %j', (request, code) => expect(codeOf(request)).toBe(code));

test.each([
  [{ fetchSite: 'same-origin' }, undefined],
  [{ fetchSite: 'none' }, undefined],
  [{ fetchSite: 'same-site' }, 'FORBIDDEN'],
  [{ fetchSite: 'cross-site' }, 'FORBIDDEN'],
  [{ fetchSite: 'something new' }, 'FORBIDDEN'],
  [{ ...link, route: undefined }, undefined],
  [{ ...link, route: '/api/docs' }, undefined],
  [{ ...link, route: '/api/files/:uuid/:name', hasQuery: true }, undefined],
  [{ ...link, route: '/api/zip/:uuid', hasQuery: true }, undefined],
  [{ ...link, route: '/api/files/:uuid' }, 'FORBIDDEN'],
  [{ ...link, route: '/api/graphql' }, undefined],
  [{ ...link, route: '/api/graphql', hasQuery: true }, 'FORBIDDEN'],
  [{ ...link, route: '/ready' }, 'FORBIDDEN'],
  [{ ...link, method: 'POST', route: undefined }, 'FORBIDDEN'],
  [{ ...link, method: 'HEAD', route: undefined }, 'FORBIDDEN'],
  [{ ...link, fetchDest: 'iframe', route: undefined }, 'FORBIDDEN'],
  [{ ...link, fetchDest: 'object', route: undefined }, 'FORBIDDEN'],
  [{ ...link, fetchMode: 'no-cors', route: undefined }, 'FORBIDDEN'],
  [{ ...link, fetchMode: undefined, route: undefined }, 'FORBIDDEN'],
])('a request of another site: %j', (request, code) => expect(codeOf(request)).toBe(code));
