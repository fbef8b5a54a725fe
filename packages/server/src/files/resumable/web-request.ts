import { restPaths } from '@aqueduct/contract';
import type { FastifyRequest } from 'fastify';

const PASSED_HEADERS = /^(tus-.*|upload-.*|content-type|content-length)$/;

/** A request as the protocol's package takes it: with the headers of the protocol alone, and below no other path. */
export function webRequest(request: FastifyRequest): Request {
  const { method, raw } = request;
  const { id = '' } = request.params as { id?: string };
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw.headers)) {
    if (PASSED_HEADERS.test(name) && value !== undefined) headers.set(name, String(value));
  }
  const url = `http://server${restPaths.uploads}/${encodeURIComponent(id)}`;
  const hasBody = method === 'POST' || method === 'PATCH';
  return new Request(url, { method, headers, ...(hasBody ? { body: bodyOf(request), duplex: 'half' } : {}) });
}

/**
 * The body, of which nothing is read before somebody asks: the rest of a refused one is left to our own ways. Not by
 * `Readable.toWeb`, which reads ahead and copies each chunk.
 */
function bodyOf({ raw }: FastifyRequest): ReadableStream<Uint8Array> {
  const chunks = raw.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
