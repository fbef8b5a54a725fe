import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { presentRestError } from './present-rest-error.ts';

test('a failure is not said to be compressed, as what was asked for is', async () => {
  const app = Fastify();
  app.setErrorHandler(presentRestError);
  app.get('/', (_, reply) => {
    reply.headers({ 'content-encoding': 'br', 'content-length': 7, etag: '"x"' });
    throw new AqueductError('UNAVAILABLE', 'It can not be read.');
  });
  const { headers, statusCode } = await app.inject('/');
  expect(statusCode).toBe(503);
  for (const name of ['content-encoding', 'etag']) expect(headers).not.toHaveProperty(name);
});
