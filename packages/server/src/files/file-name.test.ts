import { expect, test } from 'vitest';
import { fileNameOf, requireFileName } from './file-name.ts';

test.each([
  ' ',
  '\u00a0',
  '\u3000\u3000',
  '\u2003\u00a0',
  '\ufeff',
  '\u2028',
  '\u200b',
  '\u202e',
  '\u2060\u00ad',
])('a name of nothing but blanks is none: %j', (name) => {
  expect(() => requireFileName(name)).toThrow('Invalid file name.');
});

test.each(['a\u00a0b', '\u00a0a', '\u3000.txt', 'データ\u3000１.csv', 'नहीं\u200d.txt'])(
  'blanks within a name are fine: %j',
  (name) => {
    expect(() => requireFileName(name)).not.toThrow();
  },
);

test.each(['NUL', 'nul.csv', 'NUL .csv', 'con  .txt', 'CONIN$', 'conout$.txt', 'COM¹.dat'])(
  'a name that Windows keeps for a device is none: %s',
  (name) => {
    expect(() => requireFileName(name)).toThrow('Invalid file name.');
  },
);

test.each(['null.csv', 'console.txt', 'con text.txt', 'conin.txt', 'com10'])(
  'others are fine: %s',
  (name) => {
    expect(() => requireFileName(name)).not.toThrow();
  },
);

test('a mark of byte order is a character of a name like others, so that two names stay two', () => {
  const name = '\ufeffa.txt';
  expect(fileNameOf(['file_name', Buffer.from(name).toString('latin1')])).toBe(name);
  expect(fileNameOf(['X-File-Name', encodeURIComponent(name)])).toBe(name);
});
