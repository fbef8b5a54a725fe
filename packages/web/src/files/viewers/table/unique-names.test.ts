import { expect, test } from 'vitest';
import { uniqueNames } from './unique-names.ts';

test.each([
  [
    ['x', 'x', 'x'],
    ['x', 'x (2)', 'x (3)'],
  ],
  [
    ['x', 'x', 'x (2)'],
    ['x', 'x (3)', 'x (2)'],
  ],
  [
    ['x (2)', 'x', 'x', 'x (2)'],
    ['x (2)', 'x', 'x (3)', 'x (2) (2)'],
  ],
])('%j are called %j', (names, unique) => expect(uniqueNames(names)).toEqual(unique));

test('a name that is taken is given to none', () => {
  expect(uniqueNames(['(row number)', 'x'], ['(row number)'])).toEqual(['(row number) (2)', 'x']);
});
