import { expect, test } from 'vitest';
import { logTicks, withSpace } from './log-ticks.ts';

const WIDTH = 800;

/** The texts of an axis of 800 pixels. */
function texts(low: number, high: number): (number | null)[] {
  const at = (tick: number) => (WIDTH * Math.log(tick / low)) / Math.log(high / low);
  return withSpace(logTicks(low, high, 10), at, 76).filter((tick) => tick !== null);
}

test.each([
  [2e9, 7.85e9],
  [20, 78.5],
  [4.1, 4.9],
  [2, 41],
  [1, 1.001],
  [0.3, 30_000],
  [1e-15, 1e15],
  [9, 11],
])('a logarithmic axis from %d to %d has some numbers, none upon another', (low, high) => {
  const shown = texts(low, high) as number[];
  expect(shown.length).toBeGreaterThan(1);
  for (const tick of shown) expect(tick >= low && tick <= high).toBe(true);
});

test('powers of ten come first, then twos and fives', () => {
  expect(texts(1, 1000)).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  expect(texts(1, 1e7)).toEqual([1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7]);
});

test('numbers that no such axis has give no ticks', () => {
  for (const [low, high] of [
    [0, 1],
    [-1, 1],
    [Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    expect(logTicks(low, high, 10)).toEqual([]);
});
