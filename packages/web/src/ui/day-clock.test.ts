import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchDay } from './day-clock.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 26, 23, 50) }));
afterEach(() => vi.useRealTimers());

test('tells once that another day has begun, with one timer for all', () => {
  const told: string[] = [];
  const ends = ['a', 'b'].map((name) => watchDay(() => told.push(name)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(9 * 60_000);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(2 * 60_000);
  expect(told).toEqual(['a', 'b']);
  for (const end of ends) end();
  expect(vi.getTimerCount()).toBe(0);
});
