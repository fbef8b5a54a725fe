import type { FastifyReply, FastifyRequest } from 'fastify';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** The addresses that are there, with the methods they take. */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/graphql\/?$/, 'GET, POST'],
  [/^\/api\/files\/[^/]+\/delete_files\/?$/, 'GET, HEAD, POST'],
  [/^\/api\/files\/[^/]+\/[^/]+\/?$/, 'GET, HEAD'],
  [/^\/api\/files\/[^/]+\/?$/, 'POST'],
  [/^\/api\/zip\/[^/]+\/?$/, 'GET'],
  [/^\/api\/uploads\/?$/, 'OPTIONS, POST'],
  [/^\/api\/uploads\/[^/]+\/?$/, 'DELETE, HEAD, OPTIONS, PATCH'],
  [/^\/api\/(docs|openapi\.json|graphiql\/[^/]+)\/?$/, 'GET, HEAD'],
  [/^(?!\/api(\/|$))/, 'GET, HEAD'],
];

/** Says of a request that no route takes whether its address or its method is wrong. */
export function refuseUnknown(request: FastifyRequest, reply: FastifyReply): never {
  const path = request.url.split('?')[0] ?? '';
  const allowed = METHODS.find(([pattern]) => pattern.test(path))?.[1];
  if (allowed !== undefined && !allowed.split(', ').includes(request.method)) {
    reply.header('allow', allowed);
    throw new AqueductError('METHOD_NOT_ALLOWED', 'Method Not Allowed');
  }
  throw new AqueductError(
    'NOT_FOUND',
    `There is nothing at ${path.slice(0, 200)}. The API is described at /api/docs.`,
  );
}
