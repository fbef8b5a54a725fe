import { describe, expect, test } from 'vitest';
import { PrintedText } from './printed-text.ts';

const SECRET = 'aqd_task_secret';

function print(maxBytes: number, ...pieces: (string | number[])[]): string {
  const text = new PrintedText(maxBytes, SECRET);
  const shown = pieces.map((piece) =>
    text.add(typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece)),
  );
  return shown.join('') + text.end();
}

describe('what is printed', () => {
  test.each([
    ['plain', ['one ', 'two'], 'one two'],
    ['a character in two pieces', [[0xc3], [0xa4]], 'ä'],
    ['half a character at the end', ['x', [0xc3]], 'x\ufffd'],
    ['bytes that are no UTF-8', [[0xff, 0x41]], '\ufffdA'],
    ['the secret', [`<${SECRET}>`], '<***>'],
    ['the secret in pieces', ['<aqd_', 'task_sec', 'ret>'], '<***>'],
    ['the secret twice', [`${SECRET}${SECRET}`], '******'],
    ['what only begins like it', ['aqd_task_', 'other'], 'aqd_task_other'],
    ['what begins like it, at the end', ['aqd_task_secre'], 'aqd_task_secre'],
  ])('%s', (_, pieces, expected) => expect(print(1000, ...pieces)).toBe(expected));

  test('is cut once, at a character', () => {
    expect(print(5, 'ääääää', 'more')).toBe('ää\n[Output beyond 5 bytes is not kept.]\n');
    expect(print(4, 'ää')).toBe('ää');
    expect(print(4, 'ää', 'x')).toBe('ää\n[Output beyond 4 bytes is not kept.]\n');
  });
});
