import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('no two moments are the same, and they are those of the system', () => {
  const clock = systemClock();
  const moments = Array.from({ length: 10_000 }, () => clock.now());
  expect(new Set(moments).size).toBe(moments.length);
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expect(Math.abs((moments[0] ?? 0) / 1000 - Date.now())).toBeLessThan(1000);
});
