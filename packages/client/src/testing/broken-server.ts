import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server that answers as no Aqueduct server should: what is on the way, or in its place. */
export async function brokenServer(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers experiments to GraphQL, and everything else with the given answer. */
export function onlyFiles(answer: Answer): Answer {
  return (request, response) => {
    if (!request.url?.endsWith('/api/graphql')) return answer(request, response);
    const experiment = {
      uuid: '0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11',
      eid: '20240101-1',
      createdAt: '2024-01-01T00:00:00.000001+00:00',
    };
    sendJson(response, 200, { data: { experiment } });
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
