import { expect, onTestFinished, test, vi } from 'vitest';
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

test('a clock that is set back goes on after the last moment; one that was days ahead, with the right time', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const real = Date.now();
  const clock = systemClock();
  vi.setSystemTime(real + 20 * 3_600_000);
  const ahead = clock.now();
  vi.setSystemTime(real);
  expect(clock.now()).toBe(ahead + 1);

  vi.setSystemTime(real + 48 * 3_600_000);
  expect(clock.now()).toBeGreaterThan(ahead);
  vi.setSystemTime(real);
  const right = clock.now();
  expect(Math.abs(right / 1000 - real)).toBeLessThan(1000);
  expect(clock.now()).toBeGreaterThan(right);
});
