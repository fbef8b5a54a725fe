import { expect, test } from 'vitest';
import { durationText } from './duration-text.ts';

test.each([
  [0, '0 s'],
  [0.0123, '12 ms'],
  [1.25, '1.3 s'],
  [9.97, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [185, '3 min 05 s'],
  [7800, '2 h 10 min'],
  [273_600, '3 d 4 h'],
])('%d s is "%s"', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
