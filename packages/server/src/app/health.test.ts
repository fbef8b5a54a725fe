import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { buildApp } from './build-app.ts';

test('a server that can not work says so as every refusal does', async () => {
  const ctx = await testContext('SQLite');
  const app = await buildApp(ctx, ctx.viewer);
  onTestFinished(() => app.close());
  expect((await app.inject('/ready')).json()).toEqual({ status: 'ready' });
  await rm(join(ctx.config.dataDir, 'objects'), { recursive: true });
  const answer = await app.inject('/ready');
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({
    detail: 'Does not answer: storage. The log of the server says why.',
    code: 'UNAVAILABLE',
    requestId: answer.headers['x-request-id'],
  });
  expect(answer.headers).toMatchObject({ 'retry-after': '2', 'cache-control': 'no-store' });
});

test.each(['/health', '/ready'])(
  '%s answers probes by any address and with any token, but no page of another site',
  async (url) => {
    const ctx = await testContext('SQLite');
    const app = await buildApp(ctx, ctx.viewer);
    onTestFinished(() => app.close());
    const asked = async (headers: Record<string, string>) => (await app.inject({ url, headers })).statusCode;
    expect(await asked({ host: '10.1.2.3:8000' })).toBe(200);
    expect(await asked({ host: '' })).toBe(200);
    expect(await asked({ authorization: 'Bearer unknown' })).toBe(200);
    expect(await asked({ origin: 'http://evil.example' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  },
);
