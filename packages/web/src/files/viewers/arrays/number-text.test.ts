import { expect, test } from 'vitest';
import { numberText } from './number-text.ts';

test.each([
  ['int64', 1732645000123, '1732645000123'],
  ['int64', 1732645000123456789n, '1732645000123456789'],
  ['uint8', 0, '0'],
  ['float64', 1732645000.123457, '1732645000.123457'],
  ['float64', 0.1 + 0.2, '0.3'],
  ['float64', Number.NaN, 'NaN'],
  ['float64', -1.25e-30, '-1.25e-30'],
  ['float32', Math.fround(0.1), '0.1'],
  ['float32', 16777216, '16777216'],
  ['complex64', Math.fround(5.000001), '5.000001'],
  ['float16', 0.0999755859375, '0.099976'],
  ['float32', Number.NEGATIVE_INFINITY, '-Infinity'],
] as const)('%s %d', (type, value, text) => expect(numberText(value, type)).toBe(text));

test('numbers side by side are told apart', () => {
  const single = [1732645000, 1732645128].map((value) => numberText(Math.fround(value), 'float32'));
  expect(single).toEqual(['1732644992', '1732645120']);
  const double = [1.0000000000000004, 1.0000000000000007].map((value) => numberText(value, 'float64'));
  expect(new Set(double).size).toBe(2);
});
