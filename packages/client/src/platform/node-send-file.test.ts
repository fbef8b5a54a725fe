import { setGlobalProxyFromEnv } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Answer, brokenServer, sendJson } from '../testing/broken-server.ts';
import { leftOut } from '../testing/left-out.ts';
import { sendFile } from './node-send-file.ts';
import type { Upload } from './platform.ts';

async function send(answer: Answer, options: Partial<Upload> = {}, size = 20_000_000) {
  const content = new Blob([new Uint8Array(size)]);
  return sendFile({
    method: 'POST',
    as: 'form',
    url: new URL(await brokenServer(answer)),
    headers: {},
    source: { name: 'a', size: content.size, content },
    timeout: 0.5,
    patience: 0.5,
    ...options,
  });
}

const take: Answer = (request, response) => {
  request.resume().on('end', () => sendJson(response, 200, { result: 'done' }));
};

describe('an upload', () => {
  test('that the server stops taking ends after its patience', async () => {
    await expect(send(() => undefined)).rejects.toMatchObject({ facts: { code: 'TIMEOUT' } });
  });

  test('that is never answered ends after its patience', async () => {
    await expect(send((request) => void request.resume(), {}, 1000)).rejects.toMatchObject({
      facts: { code: 'TIMEOUT' },
    });
  });

  test('has more time for its answer while the last of it may be on a slow line', async () => {
    const late: Answer = (request, response) => {
      request.resume().on('end', () => setTimeout(() => sendJson(response, 200, { result: 'done' }), 2000));
    };
    await expect(send(late, {}, 1000)).rejects.toMatchObject({ facts: { code: 'TIMEOUT' } });
    expect((await send(late, {}, 1_000_000)).status).toBe(200);
  });

  test('may take longer than its patience while it moves', async () => {
    const slow: Answer = async (request, response) => {
      let bytes = 0;
      for await (const chunk of request) {
        const before = bytes;
        bytes += chunk.length;
        if (Math.floor(before / 1e6) !== Math.floor(bytes / 1e6)) await sleep(100);
      }
      sendJson(response, 200, { bytes });
    };
    const start = performance.now();
    // Some megabytes lie in the buffers of the system when the last byte has gone.
    const { text } = await send(slow, { patience: 1.2 });
    expect(performance.now() - start).toBeGreaterThan(1800);
    expect(JSON.parse(text).bytes).toBeGreaterThan(20_000_000);
  });

  test('says its length where it is known, and goes in chunks where not', async () => {
    const seen: unknown[] = [];
    const look: Answer = (request, response) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      seen.push(length === undefined ? encoding : 'length');
      take(request, response);
    };
    await send(look);
    await send(look, { source: { name: 'a', size: undefined, content: new Blob(['x']).stream() } });
    expect(seen).toEqual(['length', 'chunked']);
  });

  test('of a stream that fills the same memory again arrives as it was given', async () => {
    const late: Answer = async (request, response) => {
      await sleep(200);
      const bytes = await buffer(request);
      const first = Array.from({ length: 600 }, (_, i) => bytes[i * 16_384]);
      sendJson(response, 200, { first });
    };
    const content = (async function* () {
      const memory = Buffer.alloc(16_384);
      for (let i = 0; i < 600; i += 1) yield memory.fill(i % 256);
    })();
    const { text } = await send(late, {
      as: 'bytes',
      source: { name: 'a', size: undefined, content },
      patience: 5,
    });
    expect(JSON.parse(text).first).toEqual(Array.from({ length: 600 }, (_, i) => i % 256));
  });

  test.each(['form', 'bytes'] as const)(
    'ends with what its callback rejects, also at the last (%s)',
    async (as) => {
      const failed = new Error('the disk of my log is full');
      const content = new Blob(['x']);
      const onProgress = () => sleep(100).then(() => Promise.reject(failed));
      await expect(
        send(take, { as, source: { name: 'a', size: content.size, content }, onProgress }),
      ).rejects.toBe(failed);
    },
  );

  test('stops waiting for its callback when it is aborted', async () => {
    const stop = new AbortController();
    const onProgress = async () => {
      setTimeout(() => stop.abort(new Error('enough')), 50);
      await new Promise(() => undefined);
    };
    await expect(send(take, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
  });

  test('that is aborted within its answer throws the reason', async () => {
    const stop = new AbortController();
    const half: Answer = (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{');
        setTimeout(() => stop.abort(new Error('enough')), 100);
      });
    };
    await expect(send(half, { signal: stop.signal, patience: 5 })).rejects.toThrow('enough');
  });

  test('gets the answer of a server that closes the line behind it', async () => {
    const refuse: Answer = (_, response) => {
      response.writeHead(413, { connection: 'close' }).end('no');
    };
    await expect(send(refuse).catch((error: unknown) => error)).resolves.toSatisfy(
      // Where the line is closed under the bytes on their way, the system may throw the answer away.
      (result: { status?: number; facts?: { code: string } }) =>
        result.status === 413 || result.facts?.code === 'CONNECTION_LOST',
    );
  });

  // What Node does where NODE_USE_ENV_PROXY=1; Node 22 has no such thing.
  test.skipIf(leftOut(!setGlobalProxyFromEnv, 'the proxy of the environment', 'this Node knows none'))(
    'goes by the proxy of the environment, as all of Node does',
    async () => {
      const asked: (string | undefined)[] = [];
      const proxy = await brokenServer((request, response) => {
        asked.push(request.url);
        take(request, response);
      });
      onTestFinished(setGlobalProxyFromEnv({ HTTP_PROXY: proxy, NO_PROXY: 'near.invalid' }));
      const { status } = await send(take, { url: new URL('http://lab.invalid/api/uploads'), patience: 5 });
      expect(status).toBe(200);
      expect(asked).toEqual(['http://lab.invalid/api/uploads']);
      const direct = send(take, { url: new URL('http://near.invalid/') });
      await expect(direct).rejects.toMatchObject({ facts: { code: 'UNREACHABLE' } });
    },
  );
});
