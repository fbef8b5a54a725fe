import { expect, test } from 'vitest';
import { SharedLook } from './shared-look.ts';

/** Looks that end when they are told to; each sees its number. */
function looks(restMs = 0) {
  const begun: PromiseWithResolvers<number>[] = [];
  const shared = new SharedLook(() => {
    const look = Promise.withResolvers<number>();
    begun.push(look);
    return look.promise;
  }, restMs);
  const hasBegun = (count: number) => expect.poll(() => begun.length, { interval: 1 }).toBe(count);
  return { shared, begun, hasBegun };
}

test('all who ask before a look begins see the same', async () => {
  const { shared, begun, hasBegun } = looks();
  const seen = Promise.all([shared.next(), shared.next(), shared.next()]);
  await hasBegun(1);
  begun[0]?.resolve(1);
  expect(await seen).toEqual([1, 1, 1]);
});

test('who asks while a look is under way sees what is there later', async () => {
  const { shared, begun, hasBegun } = looks();
  const first = shared.next();
  await hasBegun(1);
  const later = Promise.all([shared.next(), shared.next()]);
  begun[0]?.resolve(1);
  expect(await first).toBe(1);
  await hasBegun(2);
  begun[1]?.resolve(2);
  expect(await later).toEqual([2, 2]);
});

test('between two looks others have the time to ask for the next one', async () => {
  const { shared, begun, hasBegun } = looks(50);
  const first = shared.next();
  await hasBegun(1);
  begun[0]?.resolve(1);
  await first;
  const ended = performance.now();
  void shared.next();
  await hasBegun(2);
  expect(performance.now() - ended).toBeGreaterThan(45);
});

test('a look that fails fails for those who share it, and the next one begins', async () => {
  const { shared, begun, hasBegun } = looks();
  const first = Promise.allSettled([shared.next(), shared.next()]);
  await hasBegun(1);
  begun[0]?.reject(new Error('no descriptors'));
  expect(await first).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  const next = shared.next();
  await hasBegun(2);
  begun[1]?.resolve(2);
  expect(await next).toBe(2);
});
