import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../platform/config/load-config.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { HTTP_OPTIONS } from './http-options.ts';
import { listen } from './listen.ts';

const BYTES = 50_000;

test.for(['127.0.0.1', '::1'])(
  'a body that comes byte by byte is gathered where it comes to %s',
  async (host, { skip }) => {
    const app = Fastify({ http: HTTP_OPTIONS });
    takeAnyContentType(app, 'nothing');
    let pieces = 0;
    app.post('/', async ({ raw }) => {
      raw.on('data', () => (pieces += 1));
      return (await text(raw)).length;
    });
    const { config } = loadConfig({ env: {}, flags: { port: '0' }, cwd: '/' });
    const { port, others } = await listen(app, config);
    onTestFinished(async () => {
      for (const other of others) other.close();
      await app.close();
    });
    if (others.length === 0 && host === '::1') skip('This machine has no IPv6.');

    const socket = connect(port, host);
    await once(socket, 'connect');
    socket.write(
      'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    socket.write(`${'1\r\nx\r\n'.repeat(BYTES)}0\r\n\r\n`);
    expect(await text(socket)).toMatch(new RegExp(`\\r\\n\\r\\n${BYTES}$`));
    expect(pieces).toBeLessThan(BYTES / 100);
  },
);
