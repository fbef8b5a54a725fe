import type { Socket } from 'node:net';

/** Answers what is no HTTP, before there is a request. */
export function answerBadHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = {
    HPE_HEADER_OVERFLOW: [
      '431 Request Header Fields Too Large',
      'HEADERS_TOO_LARGE',
      'The headers are too large.',
    ],
    ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'BAD_INPUT', 'The request took too long to arrive.'],
  }[error.code ?? ''] ?? ['400 Bad Request', 'BAD_INPUT', 'The request is no valid HTTP.'];
  const body = JSON.stringify({ detail, code, requestId: null });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
