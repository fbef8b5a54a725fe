import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { buildApp } from './build-app.ts';
import { rewriteUrl } from './rewrite-url.ts';

test.each([
  ['/api/files/u/100%.txt', '/api/files/u/100%25.txt'],
  ['/api/files/u/a%zz%4', '/api/files/u/a%25zz%254'],
  ['/api/files/u/gr%F6%DFe.txt', '/api/files/u/gr%EF%BF%BD%EF%BF%BDe.txt'],
  ['/api/files/u/Gr%C3%B6%C3%9Fe%2f%2E.txt', '/api/files/u/Gr%C3%B6%C3%9Fe%2f%2E.txt'],
  ['/api/files/u/%', '/api/files/u/%25'],
  ['/lab/api/files/u/%?a=%', '/api/files/u/%25?a=%'],
  ['//api/files/u/a%//b', '/api/files/u/a%25//b'],
  ['//lab//api/graphql?query={a}', '/api/graphql?query={a}'],
  ['/api/graphql?query={a}%', '/api/graphql?query={a}%'],
  ['http://localhost:8000/lab/api/docs?a=/b', '/api/docs?a=/b'],
  ['HTTPS://a@b//lab', '/'],
  ['http://localhost', '/'],
  ['http://localhost?a', '/?a'],
  ['/lab', '/'],
  ['/lab?a=b', '/?a=b'],
  ['/laboratory?a=b', '/laboratory?a=b'],
])('the path of %s can be read: %s', (url, path) => {
  expect(rewriteUrl(url, { basePath: '/lab', pathAliases: [] })).toBe(path);
});

test('a request by the whole address, as proxies get it, is answered like others, and for its host', async () => {
  const ctx = await testContext('SQLite');
  const app = await buildApp({ ...ctx, config: { ...ctx.config, basePath: '/lab' } }, ctx.viewer);
  onTestFinished(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const ask = (path: string) =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers: { host: 'localhost' } })
        .on('response', (answer) => resolve(json(answer)))
        .on('error', reject)
        .end();
    });
  expect(await ask('http://localhost/lab/api/openapi.json')).toMatchObject({ openapi: '3.1.0' });
  expect(await ask('http://localhost/lab/api/nothing')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await ask('http://evil.example/lab/api/openapi.json')).toMatchObject({ code: 'MISDIRECTED' });
});
