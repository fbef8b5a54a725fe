import { expect, test } from 'vitest';
import { readTable } from '../../../extensions/fit-in-typescript/read-table.ts';

test('the first two columns are read, whatever ends a line and follows it', () => {
  const table = { names: ['t', 'p', 'remark'], x: [0, 0.5], y: [1, -2e-3] };
  for (const end of ['\n', '\r\n', '\n\n'])
    expect(readTable(['t,p,remark', '0,1,first', '0.5, -2e-3,', ''].join(end))).toEqual(table);
});

test.each([
  ['a word', '0,one'],
  ['a cell that is empty, which is no zero', '0,'],
  ['a cell of blanks', ' ,1'],
  ['one column', '0'],
])('a line with %s makes it no table', (_, line) => {
  expect(readTable(`t,p\n0,1\n${line}\n1,1`)).toBeUndefined();
});
