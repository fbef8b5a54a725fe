import { expect, test } from 'vitest';
import { arrayTable } from './array-numbers-table.ts';

test('rows and columns are counted as in the array', () => {
  const real = Float64Array.of(1732645000123, 1732645000130, 3, 4);
  const selection = [7, { start: 40, end: 42, step: 1 }, { start: 0, end: 2, step: 1 }];
  const table = arrayTable({ numbers: { real }, selection, type: 'int64' });
  expect(table.columns.map(({ name }) => name)).toEqual(['0', '1']);
  expect([table.rowsName, table.rowName?.(0), table.rowName?.(1)]).toEqual(['dim 1 ↓ dim 2 →', '40', '41']);
  expect([table.cell(0, 0), table.cell(0, 1), table.cell(1, 1)]).toEqual([
    '1732645000123',
    '1732645000130',
    '4',
  ]);
});

test('whole numbers beyond 2⁵³ are shown to the last digit, and complex ones with both parts', () => {
  const whole = BigInt64Array.of(1732645000123456789n);
  const selection = [{ start: 0, end: 1, step: 1 }];
  const numbers = { real: Float64Array.from(whole, Number), whole };
  expect(arrayTable({ numbers, selection, type: 'int64' }).cell(0, 0)).toBe('1732645000123456789');
  const complex = { real: Float64Array.of(1.5), imaginary: Float64Array.of(-2) };
  expect(arrayTable({ numbers: complex, selection, type: 'complex128' }).cell(0, 0)).toBe('1.5 − 2i');
});
