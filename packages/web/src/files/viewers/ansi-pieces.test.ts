import { expect, test } from 'vitest';
import { ansiPieces } from './ansi-pieces.ts';

const LINES = 12_000;
const log = Array.from({ length: LINES }, (_, i) => `\u001b[32mline ${i}\u001b[0m`).join('\n');
const coloured = (seen: 'first' | 'last') => {
  const pieces = ansiPieces(log, seen);
  return {
    text: pieces.map(({ content }) => content).join(''),
    lines: pieces.filter(({ fg }) => fg !== null && fg !== '').map(({ content }) => content),
  };
};

test('of too many colours, those that are seen first are shown', () => {
  const plain = Array.from({ length: LINES }, (_, i) => `line ${i}`).join('\n');
  const last = coloured('last');
  expect(last.text).toBe(plain);
  expect(last.lines).toHaveLength(2500);
  expect(last.lines.at(-1)).toBe(`line ${LINES - 1}`);
  const first = coloured('first');
  expect(first.text).toBe(plain);
  expect(first.lines).toHaveLength(2500);
  expect(first.lines[0]).toBe('line 0');
});

test('few colours are all shown, wherever they are', () => {
  const text = 'plain \u001b[31mred\u001b[0m plain';
  for (const seen of ['first', 'last'] as const)
    expect(ansiPieces(text, seen).map(({ content }) => content)).toEqual(['plain ', 'red', ' plain']);
  expect(ansiPieces('', 'last')).toEqual([]);
});

test('a line that was written over is what it was last, without titles of windows', () => {
  const [piece] = ansiPieces('\u001b]0;title\u0007 10 %\r 20 %\r\ndone', 'last');
  expect(piece?.content).toBe(' 20 %\ndone');
});
