import { expect, test } from 'vitest';
import { longNumber, shortNumbers } from './plot-look.ts';

test.each([
  [1732645000123, '1732645000123'],
  [1732645000.123, '1732645000.123'],
  [0.1 + 0.2, '0.3'],
  [1.2345678901234e-9, '1.23456789e-9'],
  [null, '–'],
])('%d is read off as %s', (value, text) => expect(longNumber(value)).toBe(text));

test('what was multiplied inside the plot is read off as it was', () => {
  expect(longNumber(0.014, 1e24)).toBe('1.4e-26');
  expect(longNumber(4250, 1e12)).toBe('4.25e-9');
});

test('the ends of a colour scale are short, but told apart', () => {
  expect(shortNumbers(0, 1.23456)).toEqual({ low: '0', high: '1.235' });
  expect(shortNumbers(5.00001e9, 5.00002e9)).toEqual({ low: '5.00001e9', high: '5.00002e9' });
  expect(shortNumbers(-2, -2)).toEqual({ low: '-2', high: '-2' });
});
