import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { testContext } from '../testing/test-context.ts';
import { buildApp } from './build-app.ts';
import { openApi } from './openapi.ts';

type Headers = Record<string, string>;
type Method = 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
type Paths = Record<string, Partial<Record<string, { responses: Record<number, object> }>>>;

const paths: Paths = openApi('1', '').paths;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const metadata = (experiment: string) => `filename ${base64('a.txt')},experiment ${base64(experiment)}`;
const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = { ...TUS, 'content-type': 'application/offset+octet-stream' };

async function server({ uploadsAtOnce = 8 } = {}) {
  const ctx = await testContext('SQLite');
  const app = await buildApp({ ...ctx, config: { ...ctx.config, uploadsAtOnce } }, ctx.viewer);
  onTestFinished(() => app.close());
  const { uuid } = await createExperiment(ctx, { title: 'a', description: '', tags: [] });
  const ask = (method: Method, url: string, headers: Headers, payload?: string) =>
    app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { uuid, ask };
}

/** The statuses that OpenAPI tells of an address. */
function told(method: Method, path: string): string[] {
  return Object.keys(paths[path]?.[method.toLowerCase()]?.responses ?? {});
}

test('tells every status of uploads in pieces', async () => {
  const { uuid, ask } = await server();
  const length = { 'upload-length': '5' };
  const named = { 'upload-metadata': metadata(uuid) };
  const begin = [
    [412, length],
    [412, { ...length, 'tus-resumable': '0.2.0' }],
    [400, { ...TUS, ...named }],
    [400, { ...TUS, ...named, 'upload-length': 'x' }],
    [404, { ...TUS, ...length, 'upload-metadata': metadata(randomUUID()) }],
    [413, { ...TUS, ...named, 'upload-length': '9000000000000' }],
    [422, { ...TUS, ...length }],
    [201, { ...TUS, ...length, ...named }],
  ] as const;
  let id = '';
  for (const [status, headers] of begin) {
    const answer = await ask('POST', '/api/uploads', headers);
    expect(answer.statusCode, JSON.stringify(headers)).toBe(status);
    expect(told('POST', '/api/uploads')).toContain(String(status));
    id = answer.headers.location?.split('/').at(-1) ?? '';
  }
  const from = (offset: string) => ({ ...BYTES, 'upload-offset': offset });
  const others = [
    [412, 'HEAD', {}],
    [200, 'HEAD', TUS],
    [412, 'PATCH', { 'upload-offset': '0', 'content-type': BYTES['content-type'] }],
    [400, 'PATCH', { ...from('0'), 'content-type': 'text/plain' }],
    [400, 'PATCH', from('x')],
    [403, 'PATCH', BYTES],
    [409, 'PATCH', from('3')],
    [204, 'PATCH', from('0')],
    [412, 'DELETE', {}],
    [400, 'DELETE', TUS],
  ] as const;
  for (const [status, method, headers] of others) {
    const answer = await ask(method, `/api/uploads/${id}`, headers, method === 'PATCH' ? 'hello' : undefined);
    expect(answer.statusCode, `${method} ${JSON.stringify(headers)}`).toBe(status);
    expect(told(method, '/api/uploads/{id}')).toContain(String(status));
  }
});

test('tells every status of files', async () => {
  const { uuid, ask } = await server();
  const list = '/api/files/{experiment_uuid}/delete_files';
  const json = { 'content-type': 'application/json' };
  const name = { file_name: 'a.txt' };
  const requests = [
    [422, 'POST', '/api/files/{experiment_uuid}', uuid, {}, ''],
    [422, 'POST', '/api/files/{experiment_uuid}', 'none', name, ''],
    [404, 'POST', '/api/files/{experiment_uuid}', randomUUID(), name, ''],
    [400, 'POST', '/api/files/{experiment_uuid}', uuid, name, 'no form'],
    [404, 'GET', '/api/files/{experiment_uuid}/{file_name}', uuid, {}, undefined],
    [422, 'GET', '/api/files/{experiment_uuid}/{file_name}', 'none', {}, undefined],
    [422, 'POST', list, uuid, json, 'no JSON'],
    [400, 'POST', list, uuid, json, '{"file_list":["a.txt"]}'],
    [413, 'POST', list, uuid, json, `{"file_list":["${'a'.repeat(2 ** 20)}"]}`],
    [404, 'GET', '/api/zip/{experiment_uuid}', uuid, {}, undefined],
    [422, 'GET', '/api/zip/{experiment_uuid}', 'none', {}, undefined],
  ] as const;
  for (const [status, method, path, experiment, headers, payload] of requests) {
    const url = path.replace('{experiment_uuid}', experiment).replace('{file_name}', 'a.txt');
    expect((await ask(method, url, headers, payload)).statusCode, `${method} ${url}`).toBe(status);
    expect(told(method, path)).toContain(String(status));
  }
});

test('tells that what is asked for may have no valid name', async () => {
  const { uuid, ask } = await server();
  expect((await ask('GET', `/api/files/${uuid}/a%3Fb`, {})).statusCode).toBe(400);
  expect(told('GET', '/api/files/{experiment_uuid}/{file_name}')).toContain('400');
});

test.each(['HEAD', 'PATCH', 'DELETE'] as const)('tells that an upload may be locked for %s', (method) => {
  expect(told(method, '/api/uploads/{id}')).toContain('423');
});

test('tells that uploads may be too many', async () => {
  const { uuid, ask } = await server({ uploadsAtOnce: 0 });
  for (const [path, headers] of [
    ['/api/files/{experiment_uuid}', { file_name: 'a.txt' }],
    ['/api/uploads', { ...TUS, 'upload-length': '5', 'upload-metadata': metadata(uuid) }],
  ] as const) {
    const url = path.replace('{experiment_uuid}', uuid);
    expect((await ask('POST', url, headers as Headers)).statusCode).toBe(503);
    expect(told('POST', path)).toContain('503');
  }
});
