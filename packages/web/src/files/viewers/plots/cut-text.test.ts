import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test.each([
  ['short', 5, 'short'],
  ['a longer one', 5, 'a lo…'],
  ['a longer one', 3, 'a…'],
  ['no room', 0, '…'],
  ['', 0, ''],
  ['😀😀😀', 5, '😀😀…'],
])('%j in %i letters is %j', (text, room, expected) => {
  expect(cutText(text, room)).toBe(expected);
});
