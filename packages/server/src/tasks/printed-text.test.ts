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
    ['the secret after its first letter', ['<a', 'qd_task_secret>'], '<a***>'],
    ['the secret letter by letter', [...`<${SECRET}>`], '<aqd***>'],
    ['the secret after a part of it', ['<aq', 'd_aq', 'd_task', '_secret>'], '<aqd_aq***>'],
    ['what only begins like it, letter by letter', [...'aqd_task_other'], 'aqd_task_other'],
    ['the secret twice', [`${SECRET}${SECRET}`], '******'],
    ['what only begins like it', ['aqd_task_', 'other'], 'aqd_task_other'],
    ['what begins like it, at the end', ['aqd_task_secre'], 'aqd_task_secre'],
  ])('%s', (_, pieces, expected) => expect(print(1000, ...pieces)).toBe(expected));

  test('is not kept back for a letter that the secret begins with', () => {
    const text = new PrintedText(1000, SECRET);
    expect(text.add(Buffer.from('Insert the sample in bay a'))).toBe('Insert the sample in bay a');
  });

  test('is cut once, at a character', () => {
    expect(print(5, 'ääääää', 'more')).toBe('ää\n[Output beyond 5 bytes is not kept.]\n');
    expect(print(4, 'ää')).toBe('ää');
    expect(print(4, 'ää', 'x')).toBe('ää\n[Output beyond 4 bytes is not kept.]\n');
  });
});
