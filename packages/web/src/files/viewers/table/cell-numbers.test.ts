import { expect, test } from 'vitest';
import { type NumberStyle, numberIn } from './cell-numbers.ts';

test.each([
  ['point', '12.', 12],
  ['point', '12.5e3', 12_500],
  ['point', '.5D-1', 0.05],
  ['point', '3D10', undefined],
  ['comma', '12,', 12],
  ['comma', '-1,25', -1.25],
  ['commaThousands', '1,234.5', 1234.5],
] as const)('%s: %s', (style, cell, number) => expect(numberIn(cell, style)).toBe(number));

test('a number has as many digits as a double, written out, may have', () => {
  const largest = BigInt(Number.MAX_VALUE).toString();
  expect(numberIn(`${largest}.0`, 'point')).toBe(Number.MAX_VALUE);
  expect(numberIn('9'.repeat(10_000), 'point')).toBeUndefined();
});

test.each<NumberStyle>(['point', 'comma', 'commaThousands', 'pointThousands'])(
  'many digits that end as a text take no time (%s)',
  (style) => {
    const start = performance.now();
    expect(numberIn(`${'1'.repeat(60_000)}x`, style)).toBeUndefined();
    // They took a minute.
    expect(performance.now() - start).toBeLessThan(2000);
  },
);
