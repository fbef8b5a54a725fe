import { expect, test } from 'vitest';
import { tableColumns } from './table-columns.ts';

test('how commas were read, and what is left out, is said', () => {
  const { names, note } = tableColumns('Keithley 2400\nt;V\n1;1,020\n2;1,030\n3;7\n4;8\n', 'a.csv');
  expect([names, note]).toEqual([
    ['t', 'V'],
    '1 row before the table is left out · commas in “V” are read as those between thousands',
  ]);
});

test('of a table as it should be, nothing is said', () => {
  expect(tableColumns('t,V\n1,1.5\n2,2.5\n', 'a.csv').note).toBeUndefined();
});
