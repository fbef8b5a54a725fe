import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import { expect, test } from 'vitest';
import { answerWaiting } from './answer-waiting.ts';

/** Before the old client gives up. */
const FIRST_BLANK_WITHIN_MS = 500;
const CALLS = 50;

test('an answer that comes soon is itself, also a failure', async () => {
  expect(await answerWaiting(sleep(20, '{"data": 1}'))).toBe('{"data": 1}');
  const failing = sleep(20).then(() => Promise.reject(new Error('no')));
  await expect(answerWaiting(failing)).rejects.toThrow('no');
});

test('an answer that takes long comes behind blanks', async () => {
  const started = performance.now();
  let firstMs: number | undefined;
  let all = '';
  for await (const piece of await answerWaiting(sleep(750, '{"data": 1}'))) {
    firstMs ??= performance.now() - started;
    all += piece;
  }
  expect(firstMs).toBeLessThan(FIRST_BLANK_WITHIN_MS);
  expect(all).toMatch(/^ {4,7}\{"data": 1\}$/);
});

test('a long one comes in pieces, and no character in two', async () => {
  // Characters of two units, from an odd place on.
  const long = `"${'🚀'.repeat(100_000)}x"`;
  const waiting = await answerWaiting(sleep(150, long));
  if (typeof waiting === 'string') throw new Error('It did not begin with blanks.');
  const pieces: Buffer[] = await Array.fromAsync(waiting);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(Buffer.byteLength(long) / 2);
  expect(String(Buffer.concat(pieces)).trimStart() === long).toBe(true);
});

test('an answer that fails late breaks off', async () => {
  const waiting = await answerWaiting(sleep(350).then(() => Promise.reject(new Error('no'))));
  if (typeof waiting === 'string') throw new Error('It did not begin with blanks.');
  await expect(text(waiting)).rejects.toThrow('no');
});

test('waiting for long keeps nothing of each blank', async () => {
  const answer = Promise.withResolvers<string>();
  const texts = Promise.all(
    Array.from({ length: CALLS }, async () => {
      const waiting = await answerWaiting(answer.promise);
      return typeof waiting === 'string' ? waiting : text(waiting);
    }),
  );
  await sleep(500);
  const before = countPromises();
  await sleep(2000);
  // Twenty blanks of each call.
  expect(countPromises() - before).toBeLessThan(CALLS);
  answer.resolve('{}');
  for (const each of await texts) expect(each).toMatch(/^ +\{\}$/);
});

/** Promises that are reachable: those of a race are as long as what it waits for is open. */
function countPromises(): number {
  return queryObjects(Promise, { format: 'count' });
}
