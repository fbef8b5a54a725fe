import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['Cooled to T<20 mK, then B>1 T', 'Cooled to T<20 mK, then B>1 T'],
  ['n<m and k>l', 'n<m and k>l'],
  ['See <https://example.org/a?b=1>.', 'See https://example.org/a?b=1.'],
  ['# Rabi\n\n- [x] **fit** of ![fit](fit.png)\n> quoted', 'Rabi fit of fit quoted'],
  ['| q | T1 |\r\n|:--|---:|\r\n| 1 | 20 µs |', 'q T1 1 20 µs'],
  ['Rabi\n--\n\nof q1 - q2\n\n---\n\nof q3', 'Rabi of q1 - q2 of q3'],
  ['Fit:\n\n  ```python\nfit(x)\n```\n\ndone', 'Fit: fit(x) done'],
])('%s', (markdown, text) => expect(plainText(markdown)).toBe(text));

test.each([
  ['blanks', `${' '.repeat(599)}x`],
  ['empty lines', `${'\n'.repeat(599)}x`],
  ['lines of blanks', `${' \n'.repeat(299)}x`],
  ['the lines of a table', `${'|-: '.repeat(149)}x`],
])('a list of texts of many %s takes no time', (_, text) => {
  const start = performance.now();
  for (let i = 0; i < 60; i += 1) plainText(text);
  // Each took a tenth of a second, and more.
  expect(performance.now() - start).toBeLessThan(1000);
});
