import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('no two moments are the same, and they are those of the system', () => {
  const clock = systemClock();
  const moments = Array.from({ length: 10_000 }, () => clock.now());
  expect(new Set(moments).size).toBe(moments.length);
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expect(Math.abs((moments[0] ?? 0) / 1000 - Date.now())).toBeLessThan(1000);
});

test('goes on after the last moment of an earlier start, unless that was in a wrong future', () => {
  const inTwoHours = Date.now() * 1000 + 7200e6;
  const clock = systemClock();
  clock.continueAfter(inTwoHours);
  expect(clock.now()).toBe(inTwoHours + 1);
  const other = systemClock();
  other.continueAfter(Date.now() * 1000 + 400 * 86_400e6);
  expect(Math.abs(other.now() / 1000 - Date.now())).toBeLessThan(1000);
});
