import { expect, test } from 'vitest';
import { overviewOf, parseSlice, sliceText, withAxis } from './array-slice.ts';

const SHAPE = [4, 5, 6];

test('what an address says comes back', () => {
  for (const text of ['3,y,x', 'x,4,y', 'y2,0,x5'])
    expect(sliceText(parseSlice(text, SHAPE, ['y', 'x']))).toBe(text);
});

test.each([undefined, '', '9,y,x', 'y,x', '0,x,x', 'a,b,c', '0,0,x', '-1,y,x', '0,y,x6'])(
  'what does not fit (%s) is what is usual',
  (text) => expect(sliceText(parseSlice(text, SHAPE, ['y', 'x']))).toBe('0,y,x'),
);

test('two dimensions change places', () => {
  const usual = parseSlice(undefined, SHAPE, ['y', 'x']);
  expect(sliceText(withAxis(usual, 'x', 0))).toBe('x,y,0');
  expect(sliceText(withAxis(usual, 'x', 1))).toBe('0,x,y');
});

test('an overview has all of it in few steps', () => {
  expect(overviewOf(10_000, 1000)).toEqual({ start: 0, end: 10_000, step: 10 });
  expect(overviewOf(10, 1000).step).toBe(1);
});
