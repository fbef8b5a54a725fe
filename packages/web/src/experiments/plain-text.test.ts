import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['Cooled to T<20 mK, then B>1 T', 'Cooled to T<20 mK, then B>1 T'],
  ['n<m and k>l', 'n<m and k>l'],
  ['See <https://example.org/a?b=1>.', 'See https://example.org/a?b=1.'],
  ['# Rabi\n\n- [x] **fit** of ![fit](fit.png)\n> quoted', 'Rabi fit of fit quoted'],
])('%s', (markdown, text) => expect(plainText(markdown)).toBe(text));
