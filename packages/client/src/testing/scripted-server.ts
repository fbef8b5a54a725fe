import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { brokenServer, sendJson } from './broken-server.ts';

/** What a server does when an operation is asked for, by the operation's name: data to answer, or all by itself. */
export type Script = Readonly<
  Record<string, (variables: Record<string, unknown>, response: ServerResponse) => object | undefined>
>;

/** A server that answers GraphQL by a script. The list of what it was asked grows as it is. */
export async function scriptedServer(script: Script) {
  const asked: { operation: string; variables: Record<string, unknown> }[] = [];
  const url = await brokenServer(async (request, response) => {
    const { operationName, variables } = JSON.parse(await text(request));
    asked.push({ operation: operationName, variables });
    const data = script[operationName]?.(variables, response);
    if (data) sendJson(response, 200, { data });
  });
  return { url, asked };
}

/** Begins a stream of server-sent events. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
}

export function sendEvent(response: ServerResponse, event: 'next' | 'complete', body?: object): void {
  response.write(`event: ${event}\ndata: ${body === undefined ? '' : JSON.stringify(body)}\n\n`);
}
