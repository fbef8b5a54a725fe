import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a client may take to read the answer before the connection is cut. */
const FAREWELL_MS = 1000;

/** Sees to the requests of a server that Node would answer without a word, or not at all. */
export function takeOddRequests(server: Server, app: Pick<FastifyInstance, 'routing'>): void {
  // What nobody knows to expect is not expected.
  server.on('checkExpectation', (request, response) => app.routing(request, response));
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    answerBadHttp(Object.assign(new Error(), { code: 'CONNECT' }), socket as Socket);
  });
}

/** Answers what is no HTTP, before there is a request. */
export function answerBadHttp(error: Error & { code?: string }, socket: Socket): void {
  // An answer that has begun can't be replaced by another one.
  if (
    error.code === 'ECONNRESET' ||
    !socket.writable ||
    (socket as AnsweringSocket)._httpMessage?.headersSent
  ) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = {
    HPE_HEADER_OVERFLOW: [
      '431 Request Header Fields Too Large',
      'HEADERS_TOO_LARGE',
      'The headers are too large.',
    ],
    CONNECT: ['405 Method Not Allowed', 'BAD_INPUT', 'This server is no proxy.'],
    ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'BAD_INPUT', 'The request took too long to arrive.'],
  }[error.code ?? ''] ?? ['400 Bad Request', 'BAD_INPUT', 'The request is no valid HTTP.'];
  const body = JSON.stringify({ detail, code, requestId: null });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // A client that does not close its side would keep the socket half open.
  setTimeout(() => socket.destroy(), FAREWELL_MS).unref();
}

/** Where Node keeps the answer that it writes; its own handler of bad requests looks there too. */
type AnsweringSocket = Socket & { readonly _httpMessage?: ServerResponse };
