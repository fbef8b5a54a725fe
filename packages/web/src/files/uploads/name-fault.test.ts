import { expect, test } from 'vitest';
import { nameFault } from './name-fault.ts';

test.each([
  ['2026-11-27T10:30:00.csv', 'has : in it'],
  ['what? *why*.txt', 'has ? * in it'],
  ['tab\t.txt', 'has control characters in it'],
  ['end.', 'ends with a dot or a blank'],
  [`${'ü'.repeat(126)}.csv`, 'is longer than 255 bytes'],
  ['con.txt', 'is one that not every system allows'],
  ['cut \ud83d', 'is one that not every system allows'],
  ['2026-11-27T10.30.00 größe.csv', undefined],
])('of %j is said: %j', (name, fault) => {
  expect(nameFault(name)).toBe(fault);
});
