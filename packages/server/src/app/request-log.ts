import type { FastifyRequest } from 'fastify';
import type { Logger } from '../platform/logging/logger.ts';

/**
 * The log of a request, each line with its id. It is made where there is something to tell: for every request it would
 * take longer than finding the route.
 */
export function logOf(request: FastifyRequest): Logger {
  return request.log.child({ reqId: request.id });
}
