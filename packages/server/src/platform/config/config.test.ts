import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { configurationDocument } from './configuration-document.ts';
import { installationSettings } from './installation-settings.ts';
import { type Environment, loadConfig } from './load-config.ts';

const load = (env: Environment, flags = {}) => loadConfig({ env, flags, cwd: '/somewhere' });

test('without any setting: this computer only, data in the current folder', () => {
  const { config, notices } = load({});
  expect(config).toMatchObject({
    port: 8000,
    hosts: ['127.0.0.1', '::1'],
    basePath: '',
    dataDir: '/somewhere/aqueduct-data',
    experimentsDir: '/somewhere/aqueduct-data/experiments',
    extensionsDir: '/somewhere/aqueduct-data/extensions',
    username: 'admin',
    uploadMaxBytes: 4 * 1024 ** 3,
  });
  expect(config.databaseUrl).toBeUndefined();
  expect(notices).toEqual([]);
});

test('a flag beats the environment, and an empty variable is none', () => {
  expect(load({ AQUEDUCT_PORT: '1' }, { port: '2' }).config.port).toBe(2);
  expect(load({ AQUEDUCT_PORT: '1' }).config.port).toBe(1);
  expect(load({ AQUEDUCT_PORT: '' }).config.port).toBe(8000);
});

test("the original's variables mean what they meant", () => {
  const { config } = load({
    EXPERIMENTS_DIR_PATH: '/mnt/experiments',
    EXTENSIONS_DIR_PATH: '/mnt/extensions',
    UPLOAD_MAX_FILE_SIZE_KB: '100',
    DEFAULT_USERNAME: 'lab',
    POSTGRES_HOST: 'db',
    POSTGRES_PORT: '5432',
    POSTGRES_DB: 'aqueduct',
    POSTGRES_USERNAME: 'u',
    POSTGRES_PASSWORD: 'p@ss',
  });
  expect(config).toMatchObject({
    experimentsDir: '/mnt/experiments',
    dataDir: '/mnt/experiments/.aqueduct',
    extensionsDir: '/mnt/extensions',
    uploadMaxBytes: 102_400,
    username: 'lab',
    databaseUrl: 'postgres://u:p%40ss@db:5432/aqueduct',
  });
  expect(load({ CELERY_MESSAGE_QUEUE: 'x' }).notices.join()).toContain('CELERY_MESSAGE_QUEUE');
});

test.each([
  ['AQUEDUCT_PORT', 'eighty'],
  ['AQUEDUCT_PORT', '-1'],
  ['AQUEDUCT_PORT', '65536'],
  ['AQUEDUCT_PORT', '80.5'],
  ['AQUEDUCT_HOST', '0.0.0.0'],
  ['AQUEDUCT_HOST', '192.168.1.5'],
  ['DATABASE_URL', 'mysql://x'],
  ['DATABASE_URL', 'hello'],
  ['AQUEDUCT_PUBLIC_URL', 'ftp://x'],
  ['AQUEDUCT_BASE_PATH', '/../x'],
  ['AQUEDUCT_BASE_PATH', '/a b'],
  ['AQUEDUCT_ALLOWED_HOSTS', 'a b'],
  ['AQUEDUCT_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['AQUEDUCT_TRUSTED_PROXIES', '0.0.0.0/0'],
  ['AQUEDUCT_TRUSTED_PROXIES', '::/0'],
  ['AQUEDUCT_ALLOW_NO_LOGIN', 'perhaps'],
  ['AQUEDUCT_UPLOAD_MAX_BYTES', 'much'],
  ['AQUEDUCT_TASK_OUTPUT_MAX_BYTES', '1023'],
  ['AQUEDUCT_TASK_OUTPUT_MAX_BYTES', '41MiB'],
  ['AQUEDUCT_LOG_LEVEL', 'loud'],
  ['UPLOAD_MAX_FILE_SIZE_KB', '-5'],
])('%s=%s stops the start with a sentence', (name, value) => {
  expect(() => load({ [name]: value })).toThrow(/^(The environment variable|The host) .*\.$/);
});

test('what is too much is told of the bound', () => {
  expect(load({ AQUEDUCT_UPLOAD_MAX_BYTES: '8191TiB' }).config.uploadMaxBytes).toBe(8191 * 1024 ** 4);
  expect(() => load({ AQUEDUCT_UPLOAD_MAX_BYTES: '8192TiB' })).toThrow('below 8192TiB');
  expect(() => load({ UPLOAD_MAX_FILE_SIZE_KB: '1000000000000' })).toThrow('to 999999999999');
});

test('spaces around the port of the database, as files for Docker keep them, mean nothing', () => {
  const parts = { POSTGRES_HOST: 'db', POSTGRES_DB: 'd', POSTGRES_USERNAME: 'u', POSTGRES_PASSWORD: 'p' };
  expect(load({ ...parts, POSTGRES_PORT: ' 5432 ' }).config.databaseUrl).toBe('postgres://u:p@db:5432/d');
});

test('a password in a wrong database address is not shown', () => {
  expect(() => load({ DATABASE_URL: 'mysql://u:secret@x' })).toThrow(/^(?!.*secret)/);
});

test.each([
  [
    { POSTGRES_HOST: 'db', POSTGRES_DB: 'x' },
    /^POSTGRES_USERNAME, POSTGRES_PASSWORD, POSTGRES_PORT not set.*SQLite/,
  ],
  [{ POSTGRES_HOST: 'db', DATABASE_URL: 'postgres://h/d' }, /^POSTGRES_HOST: without effect/],
  [{ DOWNLOAD_CHUNK_SIZE_KB: '1024' }, /^DOWNLOAD_CHUNK_SIZE_KB: without effect/],
  [{ MIN_GZIP_COMPRESSION_SIZE_KB: '0' }, /^MIN_GZIP_COMPRESSION_SIZE_KB: without effect/],
  [{ UPLOAD_RAM_BUFFER_SIZE_KB: '1' }, /^UPLOAD_RAM_BUFFER_SIZE_KB: without effect/],
  [{ EXTENSIONS_DIR_PATH: '/a', AQUEDUCT_EXTENSIONS_DIR: '/b' }, /^EXTENSIONS_DIR_PATH: without effect/],
  [{ AQUEDUCT_DATADIR: '/x' }, /^AQUEDUCT_DATADIR: unknown .* AQUEDUCT_DATA_DIR\?$/],
])('%j has no effect, and one line says so', (env, line) => {
  const { notices } = load(env);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(line);
});

test.each([
  [{ FILES_ROUTE_PREFIX: '/graphql' }, '/api/graphql would take the place of /api/graphql'],
  [{ FILES_ROUTE_PREFIX: '/uploads' }, '/api/uploads would take the place of /api/uploads'],
  [{ API_PREFIX: '/aqd' }, '/aqd would take the place of /aqd'],
  [{ API_PREFIX: '/', FILES_ROUTE_PREFIX: '/api' }, 'API_PREFIX'],
  [{ API_PREFIX: '/health', FILES_ROUTE_PREFIX: '/x' }, '/health would take the place of /health'],
  [{ AQUEDUCT_BASE_PATH: 'api' }, 'The base path /api would take the place of /api/'],
  [{ AQUEDUCT_PUBLIC_URL: 'https://lab.example.org/health' }, '/health would take the place of /health'],
])('%j, which would hide other addresses, is refused', (env, reason) => {
  expect(() => load(env)).toThrow(reason);
});

test('a folder of experiments alone begins no second installation beside the usual data folder', async () => {
  const cwd = await temporaryFolder();
  const flags = { experimentsDir: 'readable' };
  expect(loadConfig({ env: {}, flags, cwd }).config.dataDir).toBe(join(cwd, 'readable', '.aqueduct'));
  await mkdir(join(cwd, 'aqueduct-data', 'objects'), { recursive: true });
  expect(() => loadConfig({ env: {}, flags, cwd })).toThrow('Say with --data-dir');
  await mkdir(join(cwd, 'readable', '.aqueduct'), { recursive: true });
  expect(loadConfig({ env: {}, flags, cwd }).config.dataDir).toBe(join(cwd, 'readable', '.aqueduct'));
});

test('the folders of experiments and of extensions are two', () => {
  expect(() => load({ EXPERIMENTS_DIR_PATH: '/mnt/lab', EXTENSIONS_DIR_PATH: '/mnt/lab/' })).toThrow(
    'both /mnt/lab',
  );
});

test('who listens everywhere is told that only localhost is answered, unless names are given', () => {
  const everywhere = { AQUEDUCT_HOST: '0.0.0.0', AQUEDUCT_ALLOW_NO_LOGIN: '1' };
  expect(load(everywhere).notices).toEqual([expect.stringContaining('AQUEDUCT_ALLOWED_HOSTS: not set')]);
  expect(load({ ...everywhere, AQUEDUCT_ALLOWED_HOSTS: 'lab' }).notices).toEqual([]);
});

test("the original's prefixes are served besides ours", () => {
  expect(load({ API_PREFIX: '/api', FILES_ROUTE_PREFIX: 'files/' }).config.pathAliases).toEqual([]);
  expect(load({ API_PREFIX: '/v1', FILES_ROUTE_PREFIX: '/data' }).config.pathAliases).toEqual([
    { from: '/v1/data', to: '/api/files' },
    { from: '/api/data', to: '/api/files' },
    { from: '/v1', to: '/api' },
  ]);
});

test('the path of the public address is the base path, unless another is given', () => {
  const AQUEDUCT_PUBLIC_URL = 'https://lab.example.org/aqueduct/';
  expect(load({ AQUEDUCT_PUBLIC_URL }).config.basePath).toBe('/aqueduct');
  expect(load({ AQUEDUCT_PUBLIC_URL, AQUEDUCT_BASE_PATH: '/' }).config.basePath).toBe('');
});

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('the host %s is this computer', (host) => {
  expect(load({}, { host }).config.hosts.length).toBeGreaterThan(0);
});

test('other addresses need a word', () => {
  expect(load({ AQUEDUCT_HOST: '0.0.0.0', AQUEDUCT_ALLOW_NO_LOGIN: '1' }).config.hosts).toEqual(['0.0.0.0']);
});

test('what is listened at is an allowed host, unless it is everything', () => {
  const allowed = (env: Environment) => load({ ...env, AQUEDUCT_ALLOW_NO_LOGIN: '1' }).config.allowedHosts;
  expect(allowed({ AQUEDUCT_HOST: '10.0.0.5', AQUEDUCT_ALLOWED_HOSTS: 'lab,[FD00:0::5]:80' })).toEqual([
    'lab',
    '[fd00::5]:80',
    '10.0.0.5',
  ]);
  expect(allowed({ AQUEDUCT_HOST: 'FD00:0::5' })).toEqual(['[fd00::5]']);
  for (const everywhere of ['0.0.0.0', '::', '0::0'])
    expect(allowed({ AQUEDUCT_HOST: everywhere })).toEqual([]);
});

test('what a command does not need is not looked at', () => {
  const env = { AQUEDUCT_PORT: 'eighty', AQUEDUCT_HOST: '0.0.0.0', AQUEDUCT_DATA_DIR: '/data' };
  const { config } = loadConfig({ env, cwd: '/somewhere', only: installationSettings });
  expect(config).toMatchObject({ port: 8000, hosts: ['127.0.0.1', '::1'], dataDir: '/data' });
  const wrong = { ...env, DATABASE_URL: 'hello' };
  expect(() => loadConfig({ env: wrong, cwd: '/', only: installationSettings })).toThrow('DATABASE_URL');
});

test('docs/configuration.md says what the table says', () => {
  const file = 'docs/configuration.md';
  if (process.env.UPDATE_DOCS) writeFileSync(file, configurationDocument());
  expect(readFileSync(file, 'utf8')).toBe(configurationDocument());
});
