import { expect, test } from 'vitest';
import { parseTable } from './parse-table.ts';

/** The numbers of each column, and what is said of them. */
function numbersOf(text: string, name: string) {
  const { columns, note } = parseTable(text, name);
  return { numbers: columns.map(({ numbers }) => numbers && [...numbers]), note };
}

const THOUSANDS = 'commas in “c” are read as those between thousands';

test.each([
  ['of whole numbers', '0\t950\n1\t"1,020"\n2\t"1,100"\n3\t999', [950, 1020, 1100, 999]],
  ['of millions', '0\t1,234,567\n1\t12\n2\t1,000\n', [1234567, 12, 1000]],
  ['with decimal points behind them', '0\t"1,950.5"\n1\t"1,020.25"\n', [1950.5, 1020.25]],
  ['while the last row is half there', '0\t950\n1\t1,020\n2\t1,0', [950, 1020, Number.NaN]],
  ['beside decimal points', '0.5\t1,950\n1.5\t1,020\n', [1950, 1020]],
])('commas between thousands: %s', (_, rows, numbers) => {
  expect(numbersOf(`t\tc\n${rows}`, 'a.tsv')).toMatchObject({
    numbers: [expect.anything(), numbers],
    note: THOUSANDS,
  });
});

test('where commas separate, those in quotes stand between thousands', () => {
  const { numbers, note } = numbersOf('t,c\n0,950\n1,"1,020"\n2,999\n', 'a.csv');
  expect([numbers[1], note]).toEqual([[950, 1020, 999], THOUSANDS]);
});

test.each([
  ['of any digits', 't;c\n0;0,5\n1;1,25\n2;3\n', [0.5, 1.25, 3]],
  ['of three digits', 't;c\n0;0,950\n1;1,020\n2;1\n', [0.95, 1.02, 1]],
  ['of three digits, beside others', 't;c\n0,5;1,950\n1,0;1,020\n1,5;2\n', [1.95, 1.02, 2]],
  ['behind points between thousands', 't;c\n0;1.950,5\n1;12,25\n2;3\n', [1950.5, 12.25, 3]],
  ['only in the last row', 't;c\n0;2\n1;3\n2;2,5', [2, 3, 2.5]],
])('decimal commas: %s', (_, text, numbers) => {
  expect(numbersOf(text, 'a.csv')).toEqual({ numbers: [expect.anything(), numbers], note: undefined });
});

test('of commas that may be either, it is said how they are read', () => {
  expect(numbersOf('t\tc\n0\t1,950\n1\t1,020\n', 'a.tsv')).toEqual({
    numbers: [
      [0, 1],
      [1.95, 1.02],
    ],
    note: 'commas in “c” are read as decimal points',
  });
});

test('no column has decimal points and decimal commas', () => {
  expect(numbersOf('t\tc\n0\t1,95\n1\t1.5\n2\t2\n', 'a.tsv').numbers[1]).toBeUndefined();
});

test.each(['NA', 'N/A', '#N/A', '#NV', '#DIV/0!', 'null', 'None', 'nan', '-nan(ind)', '-1.#IND', 'Inf'])(
  '%s is no number, but no text',
  (missing) => {
    expect(numbersOf(`t,v\n0,1\n1,${missing}\n2,3\n`, 'a.csv').numbers[1]).toEqual([1, Number.NaN, 3]);
  },
);

test('sodium is no missing value', () => {
  expect(numbersOf('t,v\n0,1\n1,Na\n2,3\n', 'a.csv').numbers[1]).toBeUndefined();
});

test('the exponents of Fortran are read', () => {
  expect(numbersOf('t,v\n0,1.0D-03\n1,-2.5d+02\n2,3E1\n', 'a.csv').numbers[1]).toEqual([0.001, -250, 30]);
  expect(numbersOf('t,v\n0,3D10\n1,3D11\n2,3D12\n', 'a.csv').numbers[1]).toBeUndefined();
});
