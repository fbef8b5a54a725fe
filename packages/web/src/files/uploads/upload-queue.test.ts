import { expect, test } from 'vitest';
import { UploadQueue } from './upload-queue.ts';

const UUID = 'an-experiment';
const named = (...names: string[]) => names.map((name) => ({ name, file: new Blob([name]) }));

/** A queue whose files arrive, or not, as the test says. */
function queueOf(atOnce: number) {
  const sending = new Map<string, PromiseWithResolvers<void>>();
  const begun: (readonly [experimentUuid: string, name: string])[] = [];
  const queue = new UploadQueue((uuid, name) => {
    const sent = Promise.withResolvers<void>();
    begun.push([uuid, name]);
    sending.set(name, sent);
    return sent.promise;
  }, atOnce);
  const end = async (name: string, error?: Error) => {
    if (error) sending.get(name)?.reject(error);
    else sending.get(name)?.resolve();
    sending.delete(name);
    await new Promise((resolve) => setTimeout(resolve));
  };
  const states = () => Object.fromEntries(queue.snapshot().map(({ name, state }) => [name, state]));
  return { queue, sending, begun, end, states };
}

test('so many are sent at once, in their order', async () => {
  const { queue, sending, end, states } = queueOf(2);
  queue.add(UUID, named('a', 'b', 'c'));
  expect([...sending.keys()]).toEqual(['a', 'b']);
  await end('a');
  expect(states()).toEqual({ a: 'done', b: 'sending', c: 'sending' });
});

test('what failed stays when more files come, and all of it is sent again', async () => {
  const { queue, end, states } = queueOf(1);
  queue.add(UUID, named('a', 'b', 'c'));
  await end('a');
  await end('b', new Error('broke off'));
  await end('c', new Error('broke off'));
  queue.add(UUID, named('d', 'c'));
  // Of a name that comes again, the older one is of no use any more.
  expect(states()).toEqual({ b: 'failed', c: 'waiting', d: 'sending' });
  expect(queue.snapshot()).toHaveLength(3);
  queue.retryAll(UUID);
  expect(states()).toEqual({ b: 'waiting', c: 'waiting', d: 'sending' });
  for (const name of ['d', 'b', 'c']) await end(name);
  expect(states()).toEqual({ b: 'done', c: 'done', d: 'done' });
});

test('a newer version of a file waits until nothing of the older one can arrive; others pass it', async () => {
  const { queue, begun, end } = queueOf(3);
  queue.add('another', named('data.csv'));
  queue.add(UUID, named('data.csv'));
  queue.add(UUID, named('data.csv', 'other.csv'));
  const first = [
    ['another', 'data.csv'],
    [UUID, 'data.csv'],
    [UUID, 'other.csv'],
  ];
  expect(begun).toEqual(first);
  await end('other.csv');
  queue.cancel(2);
  expect(begun).toEqual(first);
  await end('data.csv', new Error('cancelled'));
  expect(begun).toEqual([...first, [UUID, 'data.csv']]);
});

test('an older version that failed is not sent again over the newer one', async () => {
  const { queue, sending, end } = queueOf(3);
  queue.add(UUID, named('data.csv'));
  queue.add(UUID, named('data.csv'));
  await end('data.csv', new Error('broke off'));
  expect(queue.snapshot().map(({ state }) => state)).toEqual(['cancelled', 'sending']);
  await end('data.csv');
  queue.retryAll(UUID);
  expect(queue.snapshot().map(({ state }) => state)).toEqual(['cancelled', 'done']);
  expect(sending.size).toBe(0);
});

test('of a thousand small files, not each change is told, but the last one is', async () => {
  const queue = new UploadQueue(async () => undefined, 1);
  const told: number[] = [];
  const begun = performance.now();
  queue.subscribe(() => told.push(queue.snapshot().filter(({ state }) => state === 'done').length));
  queue.add(UUID, named(...Array.from({ length: 1000 }, (_, i) => `trace-${i}.csv`)));
  await expect.poll(() => told.at(-1)).toBe(1000);
  expect(told.length).toBeLessThanOrEqual((performance.now() - begun) / 100 + 2);
});
