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
