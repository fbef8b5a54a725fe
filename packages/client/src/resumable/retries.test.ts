import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Failure } from '../errors/failure.ts';
import { Retries } from './retries.ts';

const lost = new Failure('CONNECTION_LOST', 'The line broke.');
const storing = new Failure('LOCKED', 'It is still being stored.', { status: 423 });
const silent = new Failure('TIMEOUT', 'Nothing came.');

test('the silence of a server counts as time that it is gone', async () => {
  const retries = new Retries(1);
  await sleep(1100);
  await expect(retries.wait(silent, undefined)).rejects.toBe(silent);
});

test('a line that breaks after a while is tried again', async () => {
  const retries = new Retries(1);
  await sleep(1100);
  await retries.wait(lost, undefined);
});

test('what moved before the silence does not count', async () => {
  const retries = new Retries(1);
  await sleep(1100);
  retries.move();
  await retries.wait(silent, undefined);
});

test('what no new attempt mends is thrown at once, and so is the reason of a signal', async () => {
  const refusal = new Failure('NOT_FOUND', 'It is gone.', { status: 404 });
  await expect(new Retries(60).wait(refusal, undefined)).rejects.toBe(refusal);
  const reason = new Error('enough');
  await expect(new Retries(60).wait(lost, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('a server that asks for months is not tried again at once', async () => {
  const busy = new Failure('UNAVAILABLE', 'Come back next year.', { status: 503, retryAfter: 30_000_000 });
  const leaving = AbortSignal.timeout(100);
  const tried = new Retries(Number.POSITIVE_INFINITY).wait(busy, leaving);
  await expect(tried).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a server that says that it is storing what came is not gone', async () => {
  const retries = new Retries(1, 60);
  for (let times = 1; times <= 2; times += 1) await retries.wait(storing, undefined);
});

test('a server that never ends storing is given up', async () => {
  const retries = new Retries(1, 0.1);
  for (let times = 1; times <= 2; times += 1) await retries.wait(storing, undefined);
  await expect(retries.wait(storing, undefined)).rejects.toBe(storing);
});
