import { stat } from 'node:fs/promises';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Connection } from './connection.ts';
import { calculate, closingServer } from './testing/closing-server.ts';

/** What a program may have waited for before: each is another place in a turn of Node's event loop. */
const places: [string, () => Promise<unknown>][] = [
  ['an answer', async () => undefined],
  ['a file', () => stat('.')],
  ['a timer', () => setTimeout(1)],
  ['the next turn', () => setImmediate()],
];

test.each(places)('a long calculation behind %s costs no request', async (_place, wait) => {
  const url = new URL(`${await closingServer()}/`);
  const connection = new Connection({ url, timeout: 20, token: undefined });
  const ask = () => connection.ask({ method: 'POST', path: '/', body: 'x' });
  await ask();
  await wait();
  calculate();
  expect(await ask()).toMatchObject({ status: 200 });
});
