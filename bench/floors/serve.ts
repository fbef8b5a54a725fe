import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves at a free port and prints it: how a floor tells that it is ready. */
export function serve(handler: RequestListener): void {
  // A large upload takes its time.
  const server = createServer({ requestTimeout: 0 }, handler);
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
}
