import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another host, which notices whoever comes near. */
export interface Canary {
  /** `http://127.0.0.1:…`, without a slash at its end. */
  readonly url: string;
  /** The port that takes datagrams, as servers for WebRTC do. */
  readonly udpPort: number;
  /** Who came: connections, requests and datagrams, in words. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

/** Starts a host that nothing may reach. */
export async function startCanary(): Promise<Canary> {
  const visits: string[] = [];
  const server = createServer((request, reply) => {
    visits.push(`${request.method} ${request.url}`);
    reply.setHeader('access-control-allow-origin', '*').end('stolen');
  });
  server.on('connection', () => visits.push('a connection'));
  const socket = createSocket('udp4');
  socket.on('message', () => visits.push('a datagram'));
  server.listen(0, '127.0.0.1');
  socket.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    udpPort: socket.address().port,
    visits,
    async close() {
      socket.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
