import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { takeOddRequests } from './bad-http.ts';
import { HTTP_OPTIONS } from './http-options.ts';

/**
 * Listens at all addresses of the configuration with one port; ::1 is left out where the machine has no IPv6.
 *
 * @throws AqueductError with a sentence for the administrator when it can't.
 */
export async function listen(
  app: FastifyInstance,
  { hosts, port }: Config,
): Promise<{ port: number; others: Server[] }> {
  const [first = '127.0.0.1', ...others] = hosts;
  try {
    await app.listen({ host: first, port });
    const bound = (app.server.address() as AddressInfo).port;
    const servers = await Promise.all(others.map((host) => listenToo(app, host, bound)));
    return { port: bound, others: servers };
  } catch (error) {
    await app.close();
    const reason = reasonOf(codeOf(error), first, port);
    throw reason === undefined ? error : new AqueductError('UNAVAILABLE', reason, { cause: error });
  }
}

/** Undefined for codes that the administrator can do nothing about. */
function reasonOf(code: string, host: string, port: number): string | undefined {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Stop it, or choose another with --port (npm start -- --port 8001).`;
  }
  if (code === 'EACCES') {
    return `Port ${port} needs rights that this user lacks. Choose another with --port.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
    return `The address ${host} is none of this computer's. Choose another with --host.`;
  }
  // Those of getaddrinfo: there is no such name, or nobody answers who would know.
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    return `The address of the host ${host} can't be found. Correct the name, or give an address, with --host.`;
  }
  return undefined;
}

async function listenToo(app: FastifyInstance, host: string, port: number): Promise<Server> {
  const { keepAliveTimeout, timeout } = app.server;
  const server = createServer({ ...HTTP_OPTIONS, keepAliveTimeout, requestTimeout: 0 });
  server.setTimeout(timeout);
  server.on('request', (request, response) => app.routing(request, response));
  server.on('clientError', (error, socket) => app.server.emit('clientError', error, socket));
  takeOddRequests(server, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve();
      else reject(error);
    });
    server.listen({ host, port, ipv6Only: true }, resolve);
  });
  return server;
}
