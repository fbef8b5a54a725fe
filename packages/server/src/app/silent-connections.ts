import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows the connections over which no request has come yet: browsers and Node's `fetch` make such ones in advance. Node
 * does not count them as idle, so a server that stops would wait for them.
 *
 * @returns Closes all of them.
 */
export function watchSilentConnections(servers: readonly Server[]): () => void {
  const silent = new Set<Socket>();
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      silent.add(socket);
      socket.once('close', () => silent.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  }
  return () => {
    for (const socket of silent) socket.destroy();
  };
}
