import type { FastifyInstance } from 'fastify';
import type { Services } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { turnOf } from '../platform/http/turn-of.ts';
import { logOf } from './request-log.ts';

const HEALTH = '/health';
const READY = '/ready';

/** Whether a route is one of these: probes ask them by any address and with any token, and they tell nothing of anybody. */
export function isProbed(route: string | undefined): boolean {
  return route === HEALTH || route === READY;
}

/** `/health`: the process answers. `/ready`: it can work. */
export function registerHealth(app: FastifyInstance, { db, storage }: Services): void {
  app.get(HEALTH, (_, reply) => reply.send({ status: 'ok' }));
  app.get(READY, async (request, reply) => {
    await turnOf(reply);
    const checks = { database: () => db.changeToken(), storage: () => storage.check() };
    const failed: string[] = [];
    for (const [name, check] of Object.entries(checks)) {
      try {
        await check();
      } catch (err) {
        logOf(request).warn({ err }, `${name} is not ready`);
        failed.push(name);
      }
    }
    if (failed.length === 0) return reply.send({ status: 'ready' });
    throw new AqueductError(
      'UNAVAILABLE',
      `Does not answer: ${failed.join(', ')}. The log of the server says why.`,
      { retryAfter: 2 },
    );
  });
}
