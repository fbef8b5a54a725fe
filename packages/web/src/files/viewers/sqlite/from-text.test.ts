import { expect, test } from 'vitest';
import { fromText, parseFrom } from './from-text.ts';

test.each(['last', 'at 5000', 'at -3', 'before 9223372036854775807', 'offset 200'])('%s comes back', (text) =>
  expect(fromText(parseFrom(text))).toBe(text),
);

test.each([undefined, '', 'first', 'at', 'at x', 'at 9223372036854775808', 'offset -200', 'offset 0', '5'])(
  '%s is the beginning',
  (text) => expect(parseFrom(text)).toEqual({ kind: 'first' }),
);
