import type { ServerOptions } from 'node:http';
import { GatheredRequest } from '../platform/http/gathered-body.ts';

/** Of each address that the server listens at. */
export const HTTP_OPTIONS = {
  // Long enough for any honest client, short enough for 500 that only hold a socket.
  headersTimeout: 20_000,
  connectionsCheckingInterval: 5000,
  // The guard says what is wrong with a missing host.
  requireHostHeader: false,
  IncomingMessage: GatheredRequest,
} satisfies ServerOptions<typeof GatheredRequest>;
