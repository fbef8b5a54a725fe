import { expect, test } from 'vitest';
import { requireFileName } from './file-name.ts';

test.each([' ', '\u00a0', '\u3000\u3000', '\u2003\u00a0', '\ufeff', '\u2028'])(
  'a name of nothing but blanks is none: %j',
  (name) => {
    expect(() => requireFileName(name)).toThrow('Invalid file name.');
  },
);

test.each(['a\u00a0b', '\u00a0a', '\u3000.txt', 'データ\u3000１.csv'])(
  'blanks within a name are fine: %j',
  (name) => {
    expect(() => requireFileName(name)).not.toThrow();
  },
);
