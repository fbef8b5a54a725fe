import { expect, test } from 'vitest';
import { parseTable } from './parse-table.ts';

/** Of each column the name and its first numbers, or undefined for one of texts. */
function shapeOf(text: string, name = 'a.csv') {
  const { columns, rowCount, note } = parseTable(text, name);
  return {
    rowCount,
    note,
    columns: columns.map((column) => [column.name, column.numbers && [...column.numbers.subarray(0, 2)]]),
  };
}

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const comma = (number: number) => number.toFixed(2).replace('.', ',');

test.each([
  [';', 'a.csv'],
  ['\t', 'a.csv'],
  ['\t', 'a.dat'],
  [' ', 'a.dat'],
])('decimal commas without names are no separators (%j in %s)', (separator, name) => {
  const text = lines(40, (i) => `${comma(1 + i / 100)}${separator}${comma(2 + i)}`);
  expect(shapeOf(text, name)).toEqual({
    rowCount: 40,
    note: undefined,
    columns: [
      ['Column 1', [1, 1.01]],
      ['Column 2', [2, 3]],
    ],
  });
});

test.each([
  ['a.csv', 'x,y\n1,2\n3,4\n', 'x', 'y'],
  ['a.csv', 'note,y\n"1;2;3",2\n"1;2;3",4\n', 'note', 'y'],
  ['a.dat', 'x, y\n1, 2\n3, 4\n', 'x', 'y'],
  ['a.csv', 'x,y;z\n1,a;b\n2,a;b\n', 'x', 'y;z'],
  ['a.csv', 'x|y\n1|2\n', 'x', 'y'],
])('%s: %j', (name, text, ...names) => {
  expect(shapeOf(text, name).columns.map(([column]) => column)).toEqual(names);
});

test('a comma in a comment does not separate', () => {
  const text = `# frequency, S21\n${lines(30, (i) => `${i}.5   -${i}.25`)}`;
  expect(shapeOf(text, 'a.dat').columns).toEqual([
    ['Column 1', [0.5, 1.5]],
    ['Column 2', [-0.25, -1.25]],
  ]);
});

test('blanks separate names and a single row', () => {
  expect(shapeOf('T R\n4.2 101\n', 'a.dat').columns).toEqual([
    ['T', [4.2]],
    ['R', [101]],
  ]);
});

test('what an instrument writes first hides neither columns nor their names', () => {
  const preamble = 'Model,MSO46\nFirmware,1.28\nDate,2025-03-01\n\n';
  const body = lines(30, (i) => `${i}e-9,${i},2,3`);
  expect(shapeOf(`${preamble}TIME,CH1,CH2,CH3\n${body}`)).toEqual({
    rowCount: 30,
    note: '3 rows before the table are left out',
    columns: [
      ['TIME', [0, 1e-9]],
      ['CH1', [0, 1]],
      ['CH2', [2, 2]],
      ['CH3', [3, 3]],
    ],
  });
  expect(shapeOf(`${preamble}${body}`).columns.map(([name]) => name)).toEqual(
    [1, 2, 3, 4].map((i) => `Column ${i}`),
  );
});

test.each([
  ['a numbered row', 'mpg,cyl\n"1",21,6\n"2",22,4\n', ['Column 1', [1, 2]]],
  ['a named row', '"mpg","cyl"\n"Mazda RX4",21,6\n"Datsun 710",22,4\n', ['Column 1', undefined]],
  ['a value that is missing', 'mpg,cyl,gear\n"1",21,6,NA\n"2",22,4,4\n', ['Column 1', [1, 2]]],
  ['one row', 'mpg,cyl\n"1",21,6\n', ['Column 1', [1]]],
])('names that are one fewer than the columns stand over the last ones: %s', (_, text, rowNames) => {
  const { columns, note } = shapeOf(text);
  expect(columns.slice(0, 3)).toMatchObject([
    rowNames,
    ['mpg', expect.arrayContaining([21])],
    ['cyl', expect.arrayContaining([6])],
  ]);
  expect(note).toBeUndefined();
});

test.each([
  ['numbers', '', '0'],
  ['times', '', '2024-11-22T10:00:00'],
  ['numbers, below rows about the instrument', 'Model,MSO46\nDate,2025-03-01\n', '0'],
  ['times, below rows about the instrument', 'Model,MSO46\nDate,2025-03-01\n', '2024-11-22T10:00:00'],
])('where rows end with a separator, each name stands over its column: %s', (_, preamble, time) => {
  const text = `${preamble}time,voltage,current\n${lines(3, (i) => `${time},1.${i},3.${i},`)}`;
  expect(shapeOf(text)).toEqual({
    rowCount: 3,
    note: preamble === '' ? undefined : '2 rows before the table are left out',
    columns: [
      ['time', time === '0' ? [0, 0] : undefined],
      ['voltage', [1, 1.1]],
      ['current', [3, 3.1]],
      ['Column 4', undefined],
    ],
  });
});

test.each(['Spectrum of today\n', 'Sample,Si\n', 'Model,MSO46\nDate,2025-03-01\n'])(
  'columns may be called by numbers, also below %j',
  (preamble) => {
    expect(shapeOf(`${preamble}wavelength,300,350\n400,1,2\n500,3,4\n`).columns).toEqual([
      ['wavelength', [400, 500]],
      ['300', [1, 3]],
      ['350', [2, 4]],
    ]);
  },
);

test('a row that is longer than the others is whole', () => {
  const { columns, rowCount } = shapeOf('a,b\n1,2\n3,4,5\n6,7\n');
  expect([columns.length, rowCount]).toEqual([3, 3]);
});

test('of very many columns the first are shown, and that is said', () => {
  const { columns, note } = shapeOf(`a\n${lines(3, () => '1,'.repeat(600))}`);
  expect([columns.length, note]).toEqual([500, 'of 601 columns, the first 500 are shown']);
});

test.each(['t,v\r\n0,0\n1,2\n2,4\n', 't,v\n0,0\r\n1,2\r2,4\r\n', 't,v\r0,0\r1,2\r2,4'])(
  'lines end in any way, also in several: %j',
  (text) => {
    expect(shapeOf(text)).toMatchObject({
      rowCount: 3,
      columns: [
        ['t', [0, 1]],
        ['v', [0, 2]],
      ],
    });
  },
);

test.each(['x,x,x (2)', '(row number),x,y'])('each column has a name of its own: %s', (header) => {
  const names = shapeOf(`${header}\n1,2,3\n2,3,4\n`).columns.map(([name]) => name);
  expect(new Set([...names, '(row number)']).size).toBe(4);
});

test('what is empty has no columns', () => {
  expect(shapeOf('')).toMatchObject({ rowCount: 0, columns: [] });
  expect(shapeOf('# only words\n')).toMatchObject({ rowCount: 0, columns: [] });
});

test('rows of separators alone are readings that failed; what is before the data or behind it is none', () => {
  const { rowCount, cell } = parseTable(',\n\nch1,ch2\n,\n1,2\n,\n\n  \n , \n4,5\n5,6\n,\n,\n', 'x.csv');
  expect(rowCount).toBe(5);
  expect(Array.from({ length: rowCount }, (_, row) => cell(row, 0).trim())).toEqual(['1', '', '', '4', '5']);
});
