import { expect, test } from 'vitest';
import { ticksOf } from './axis-ticks.ts';

const of = ticksOf as (...from: readonly unknown[]) => number[];
const ticks = (low: number, high: number, increment: number) => of(undefined, 0, low, high, increment);

test('ticks are multiples of the increment', () => {
  expect(ticks(-0.25, 0.31, 0.1)).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  expect(ticks(429228004229873, 429228004230873, 250)).toEqual([
    429228004230000, 429228004230250, 429228004230500, 429228004230750,
  ]);
});

test('an increment that is lost in rounding has an end', () => {
  expect(ticks(1e16, 1e16 + 2, 0.5)).toEqual([1e16, 1e16 + 2]);
  expect(ticks(0, 1, 1e-9).length).toBeLessThan(1000);
  expect(ticks(0, 1, 0)).toEqual([]);
});
