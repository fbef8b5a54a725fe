import type { FastifyBaseLogger } from 'fastify';

/** Where log lines go: pino's interface. */
export type Logger = FastifyBaseLogger;
