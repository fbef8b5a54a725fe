import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ObjectBytes } from '../storage/storage.ts';

/**
 * Sends a stream as the body of an answer, whose status and headers are set: while one chunk is on its way the next is
 * read, into the memory of the one before. With new memory for each chunk, as `reply.send` would have it, collecting
 * garbage took more processor time than reading and sending together.
 *
 * @throws what the stream fails with before its first byte. Where it fails later, the connection is closed, by which the
 * client knows.
 */
export async function sendBytes(reply: FastifyReply, bytes: ObjectBytes): Promise<FastifyReply> {
  const { socket } = reply.request.raw;
  const leave = () => void bytes.destroy();
  socket.once('close', leave);
  bytes.once('close', () => socket.off('close', leave));
  await beginning(bytes);

  const response = reply.hijack().raw;
  response.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders);
  bytes.on('error', (err) => {
    reply.log.warn({ err }, 'a download broke off');
    response.destroy();
  });
  bytes.on('end', () => response.end());
  bytes.on('data', (chunk: Buffer) => {
    bytes.pause();
    response.write(chunk, (failure) => {
      if (failure) leave();
      bytes.giveBack?.(chunk);
      bytes.resume();
    });
  });
  return reply;
}

/** Resolves when a stream has something to read, or is closed because nobody waits for it any more. */
function beginning(bytes: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    bytes.once('readable', resolve).once('error', reject).once('close', resolve);
  });
}
