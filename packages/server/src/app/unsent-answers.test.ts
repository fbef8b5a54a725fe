import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as soon } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { findExperiments } from '../experiments/find-experiments.ts';
import { testContext } from '../testing/test-context.ts';
import { buildApp } from './build-app.ts';
import { UnsentAnswers } from './unsent-answers.ts';

/** 29 MB: such a character is six in JSON, and an answer has at most five million of a description. */
const LONG = `{ experiments(offset: 0, limit: 24) { experimentsData { ${Array.from({ length: 40 }, (_, i) => `d${i}: description`).join(' ')} } } }`;
const SHORT = '{ experiments(offset: 0, limit: 24) { experimentsData { uuid } } }';

test('many long answers that nobody reads are not made, and others get theirs', async () => {
  const { port, ask } = await serverWithTexts();
  const lazy = await Promise.all(Array.from({ length: 8 }, () => connection(port)));
  for (const socket of lazy) socket.write(request(LONG));
  await expect.poll(async () => (await ask(LONG)).status).toBe(503);
  const refused = await ask(LONG);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await refused.json()).toMatchObject({
    data: null,
    errors: [{ message: expect.stringContaining('busy'), extensions: { code: 'UNAVAILABLE' } }],
  });
  expect((await ask(SHORT)).status).toBe(200);
  for (const socket of lazy) socket.destroy();
  await expect.poll(async () => (await ask(LONG)).status).toBe(200);
});

test('whoever has read for long gives way', async () => {
  const answers = new UnsentAnswers(0);
  const text = 'x'.repeat(80 * 1024 * 1024);
  const server = createServer((_, response) => {
    answers.add(response, text, false);
    response.end(text);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const lazy = await connection(port);
  lazy.write(request(SHORT));
  await once(lazy, 'readable');
  const closed = once(lazy, 'close');
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toHaveLength(text.length);
  lazy.resume();
  await closed;
  expect(lazy.bytesRead).toBeLessThan(text.length);
});

test('what is sent ahead waits for the answers before it', async () => {
  const { port, ctx } = await serverWithTexts();
  const socket = await connection(port);
  const create = `mutation { createExperiment(createExperimentInput: {title: "later", description: "", tags: []}) { uuid } }`;
  const count = async () =>
    (await findExperiments(ctx, { offset: 0, limit: 1, filters: { title: 'later' } })).experiments.length;
  socket.write(request(LONG) + request(create));
  await once(socket, 'readable');
  for (let i = 0; i < 100; i += 1) await soon();
  expect(await count()).toBe(0);
  socket.resume();
  await expect.poll(count).toBe(1);
});

test('of many that are sent ahead, only some wait', async () => {
  const { port } = await serverWithTexts();
  const socket = await connection(port);
  socket.write(request(LONG) + request(SHORT).repeat(40));
  await once(socket, 'readable');
  let answers = '';
  socket.on('data', (bytes) => (answers += bytes)).resume();
  const statuses = () => answers.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
  await expect.poll(() => statuses().length).toBe(41);
  expect(statuses()).toEqual([...Array(17).fill('200'), ...Array(24).fill('503')]);
});

test('a connection over which very many are sent ahead ends', async () => {
  const { port, ask } = await serverWithTexts();
  const socket = await connection(port);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(request(LONG) + 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(5000));
  socket.resume();
  await closed;
  expect((await ask(SHORT)).status).toBe(200);
});

/** A server that listens, with 24 experiments of long descriptions. */
async function serverWithTexts() {
  const ctx = await testContext('SQLite');
  const app = await buildApp(ctx, ctx.viewer);
  onTestFinished(() => app.close());
  const description = '\u0001'.repeat(5000);
  for (let i = 0; i < 24; i += 1) await createExperiment(ctx, { title: `${i}`, description, tags: [] });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = (query: string) => fetch(`${url}/api/graphql?query=${encodeURIComponent(query)}`);
  return { ctx, port: Number(new URL(url).port), ask };
}

/** A connection that reads nothing by itself. */
async function connection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').pause();
  // Reset, where the server has given it up.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function request(query: string): string {
  const body = JSON.stringify({ query });
  return `POST /api/graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
