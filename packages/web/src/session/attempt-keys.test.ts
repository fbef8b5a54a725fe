import { expect, test } from 'vitest';
import { AttemptKeys } from './attempt-keys.ts';

const MINUTE_MS = 60_000;

test('the key of a wish stays until it is done, and for some minutes at most', () => {
  let now = 0;
  const keys = new AttemptKeys(() => now);
  const first = keys.keyOf('run a');
  expect(first).toMatch(/^[\da-f]{32}$/);
  now += 9 * MINUTE_MS;
  expect(keys.keyOf('run a')).toBe(first);
  expect(keys.keyOf('run b')).not.toBe(first);

  keys.settle('run a');
  const second = keys.keyOf('run a');
  expect(second).not.toBe(first);
  now += 11 * MINUTE_MS;
  expect(keys.keyOf('run a')).not.toBe(second);
});
