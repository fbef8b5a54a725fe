import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test.each([
  ['Rabi  of  q1 ', 'Rabi  of  q1 '],
  ['Rabi\nof q1', 'Rabi of q1'],
  ['Rabi \r\n \n\t of  q1\n', 'Rabi of  q1 '],
])('%j', (text, line) => expect(oneLine(text)).toBe(line));

test('many blanks take no time', () => {
  const text = `a${' '.repeat(60_000)}b`;
  const start = performance.now();
  expect(oneLine(text)).toBe(text);
  // They took seconds, and hours where there were more.
  expect(performance.now() - start).toBeLessThan(2000);
});
