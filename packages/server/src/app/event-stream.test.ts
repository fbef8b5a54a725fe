import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { buildSchema } from 'graphql';
import { createClient } from 'graphql-sse';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { testContext } from '../testing/test-context.ts';
import { EventStreams } from './event-stream.ts';
import { GraphqlDocuments } from './graphql-documents.ts';
import { readGraphqlRequest } from './graphql-request.ts';

const SCHEMA =
  'type Query { nothing: Int } type Subscription { count: Step! } type Step { step: Int!, text: String! }';
const STEPS = 'subscription { count { step } }';
const TEXTS = 'subscription { count { step text } }';
/** Far more than the buffers of sockets hold: 40 MB. */
const MANY = 400;
const TEXT = 'x'.repeat(100_000);

/** A server whose only subscription counts to a number; and how far it was asked to, and whether it was ended. */
async function counting(to: number, fail = () => {}, cost = 0) {
  const ctx = await testContext('SQLite');
  const source = { asked: 0, isOver: false };
  const schema = buildSchema(SCHEMA);
  Object.assign(schema.getSubscriptionType()?.getFields().count ?? {}, {
    async *subscribe(_: unknown, __: unknown, { ctx: { budget } }: { ctx: Context }) {
      try {
        while (source.asked < to) {
          source.asked += 1;
          await sleep(1);
          budget.spend(cost);
          yield { count: { step: source.asked, text: TEXT } };
        }
        fail();
      } finally {
        source.isOver = true;
      }
    },
  });
  const app = Fastify();
  takeAnyContentType(app, 'bytes');
  const streams = new EventStreams(app, schema);
  const documents = new GraphqlDocuments(schema);
  app.route({
    method: ['GET', 'POST'],
    url: '/',
    handler(request, reply) {
      const asked = readGraphqlRequest(request);
      if (typeof asked === 'string') throw new Error(asked);
      const { document } = documents.operation(asked.query, asked.operationName);
      return streams.subscription(request, reply, ctx, { ...asked, document });
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
  const open = async (query: string) => {
    const asking = get(`${url}?query=${encodeURIComponent(query)}`, { agent: false });
    // Tests leave in the middle.
    asking.on('error', () => {});
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    return answer;
  };
  return { app, source, url, open };
}

test('each result is an event, and the end is told', async () => {
  const { open } = await counting(2);
  const answer = await open(STEPS);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'content-encoding': 'none',
    'x-accel-buffering': 'no',
  });
  expect(await text(answer)).toBe(
    ':\n\nevent: next\ndata: {"data":{"count":{"step":1}}}\n\nevent: next\ndata: {"data":{"count":{"step":2}}}\n\n' +
      'event: complete\ndata:\n\n',
  );
});

test('the client of the protocol reads it', async () => {
  const { url } = await counting(3);
  const results = createClient({ url, retryAttempts: 0 }).iterate({ query: STEPS });
  expect(await Array.fromAsync(results, ({ data }) => data)).toEqual(
    [1, 2, 3].map((step) => ({ count: { step } })),
  );
});

test('what is not read is not asked for, and comes when it is read', async () => {
  const { open, source } = await counting(MANY);
  const answer = await open(TEXTS);
  await expect.poll(() => source.asked).toBeGreaterThan(1);
  for (let before = 0; before !== source.asked; ) {
    before = source.asked;
    await sleep(1000);
  }
  expect(source.asked).toBeLessThan(MANY / 2);
  const all = await text(answer);
  expect(Array.from(all.matchAll(/"step":(\d+)/g), ([, step]) => Number(step))).toEqual(
    Array.from({ length: MANY }, (_, i) => i + 1),
  );
  expect(all.endsWith('event: complete\ndata:\n\n')).toBe(true);
});

test('who leaves ends what was asked for, also while nothing is read', async () => {
  const { open, source } = await counting(MANY);
  const answer = await open(TEXTS);
  await expect.poll(() => source.asked).toBeGreaterThan(1);
  answer.destroy();
  await expect.poll(() => source.isOver).toBe(true);
  expect(source.asked).toBeLessThan(MANY);
});

test('a server that stops ends it, also while nothing is read', async () => {
  const { app, open, source } = await counting(MANY);
  const answer = await open(TEXTS);
  await app.close();
  await expect.poll(() => source.isOver).toBe(true);
  await expect(text(answer)).rejects.toThrow('aborted');
});

test('where the results break off, so does the connection', async () => {
  const { open } = await counting(1, () => {
    throw new Error('no');
  });
  await expect(open(STEPS).then(text)).rejects.toThrow('aborted');
});

test('each event may hold as much as an answer, however many there are; one that would hold more is refused', async () => {
  const { open } = await counting(5, undefined, 3_000_000);
  const all = await text(await open(STEPS));
  expect(all.match(/"step":\d/g)).toEqual(['"step":1', '"step":2', '"step":3', '"step":4', '"step":5']);
  expect(all).not.toContain('errors');

  const { open: openTooMuch } = await counting(1, undefined, 6_000_000);
  expect(await text(await openTooMuch(STEPS))).toContain('asks for more than one answer may hold');
});
