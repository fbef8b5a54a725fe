import { expect, test } from 'vitest';
import { defaultX } from './default-x.ts';
import { parseTable, ROW_NUMBER } from './parse-table.ts';

test.each([
  ['numbers', 'T,P\n4,1\n5,2\n', 'T'],
  ['times', 'time,T,P\n2026-11-27T10:00:00,4,1\n2026-11-27T10:00:05,5,2\n', 'time'],
  ['words', 'sample,T,P\nSi,4,1\nGe,5,2\n', ROW_NUMBER],
  ['alone', 'T\n4\n5\n', ROW_NUMBER],
  ['before words', 'T,sample\n4,Si\n5,Ge\n', ROW_NUMBER],
])('of a first column of %s', (_, text, x) => {
  expect(defaultX(parseTable(text, 'a.csv').columns, ROW_NUMBER)).toBe(x);
});
