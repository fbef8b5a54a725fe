import { expect, test } from 'vitest';
import { loadConfig } from '../platform/config/load-config.ts';
import { addressForPeople, addressForTasks } from './own-address.ts';
import { guardRequest } from './request-guard.ts';

const ofHost = (host: string) => loadConfig({ env: {}, flags: { host, allowNoLogin: '1' }, cwd: '/' }).config;

test.each([
  ['localhost', 'http://localhost:80', 'http://127.0.0.1:80/'],
  ['127.0.0.2', 'http://127.0.0.2:80', 'http://127.0.0.2:80/'],
  ['127.2', 'http://127.0.0.2:80', 'http://127.0.0.2:80/'],
  ['192.168.1.5', 'http://192.168.1.5:80', 'http://192.168.1.5:80/'],
  ['FD00:0:0::5', 'http://[fd00::5]:80', 'http://[fd00::5]:80/'],
  ['[fd00::5]', 'http://[fd00::5]:80', 'http://[fd00::5]:80/'],
  ['fe80::1%eth0', 'http://[fe80::1]:80', 'http://[fe80::1]:80/'],
  ['Lab-PC.example.org', 'http://lab-pc.example.org:80', 'http://lab-pc.example.org:80/'],
  ['0.0.0.0', 'http://localhost:80', 'http://127.0.0.1:80/'],
  ['0', 'http://localhost:80', 'http://127.0.0.1:80/'],
  ['::', 'http://localhost:80', 'http://127.0.0.1:80/'],
  ['0:0:0::', 'http://localhost:80', 'http://127.0.0.1:80/'],
])('listening at %s: %s for people, %s for tasks, and both are answered', (host, forPeople, forTasks) => {
  const config = ofHost(host);
  expect(addressForPeople(config, 80)).toBe(forPeople);
  expect(addressForTasks(config, 80)).toBe(forTasks);
  for (const address of [forPeople, forTasks]) guardRequest(requestOf(address), config);
});

test('people have the public address, where there is one; the path is that of all addresses', () => {
  const flags = { publicUrl: 'https://lab.example.org/aqueduct' };
  const { config } = loadConfig({ env: {}, flags, cwd: '/' });
  expect(addressForPeople(config, 80)).toBe('https://lab.example.org/aqueduct');
  expect(addressForTasks(config, 80)).toBe('http://127.0.0.1:80/aqueduct/');
  const apart = { publicUrl: 'https://lab.example.org', basePath: '/aqueduct' };
  const { config: same } = loadConfig({ env: {}, flags: apart, cwd: '/' });
  expect(addressForPeople(same, 80)).toBe('https://lab.example.org/aqueduct');
});

function requestOf(address: string) {
  return {
    method: 'GET',
    route: undefined,
    hasQuery: false,
    host: address.split('/')[2],
    proxyHost: undefined,
    protocol: 'http',
    origin: undefined,
    fetchSite: undefined,
    fetchMode: undefined,
    fetchDest: undefined,
  };
}
