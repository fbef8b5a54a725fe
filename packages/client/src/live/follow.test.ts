import { expect, onTestFinished, test, vi } from 'vitest';
import { Failure } from '../errors/failure.ts';
import { follow } from './follow.ts';

test.each([
  ['each at once', 0],
  ['each after its timeout', 25],
])('gives up after a minute in which questions stay without an answer, %s', async (_, seconds) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let asks = 0;
  const nobody = follow<number>(
    {
      async *subscribe() {
        yield 1;
        throw new Failure('CONNECTION_LOST', 'The line broke.');
      },
      async ask() {
        asks += 1;
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        throw new Failure('UNREACHABLE', `Nobody is there (${asks}).`);
      },
    },
    undefined,
  );
  const found: number[] = [];
  const all = async () => {
    for await (const item of nobody) found.push(item);
  };
  const begin = performance.now();
  const failing = expect(all()).rejects.toThrow(/^Nobody is there \(\d+\)\.$/);
  let isOver = false;
  void failing.then(() => (isOver = true));
  while (!isOver) await vi.advanceTimersByTimeAsync(100);
  await failing;
  const lasted = (performance.now() - begin) / 1000;
  expect(lasted).toBeGreaterThan(60);
  expect(lasted).toBeLessThan(60 + seconds + 3);
  expect(found).toEqual([1]);
});

test('does not hide what no new attempt mends', async () => {
  const broken = new TypeError('a mistake of ours');
  const source = {
    subscribe: (): AsyncIterable<number> => {
      throw broken;
    },
    ask: async () => ({ items: [], isLast: true }),
  };
  await expect(follow(source, undefined).next()).rejects.toBe(broken);
});
