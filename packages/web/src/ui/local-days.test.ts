import { expect, test } from 'vitest';
import { dayOf, isTypedDay } from './local-days.ts';

test.each([
  ['0002-02-01', false],
  ['0202-02-01', false],
  ['2021-02-01', true],
  ['', false],
])('%j is typed to its end: %s', (text, isTyped) => expect(isTypedDay(text)).toBe(isTyped));

test('a day that is not in the calendar is none', () => {
  expect([dayOf('2021-02-29'), dayOf('2021-02-28')]).toEqual(['', '2021-02-28']);
});
