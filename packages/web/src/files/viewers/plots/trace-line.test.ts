import { expect, test } from 'vitest';
import { type TracedLine, traceLine } from './trace-line.ts';

const PLACES = { x: (x: number) => x, y: (y: number) => y, left: 0, right: 100, top: 0, bottom: 100, dot: 2 };

function trace(x: TracedLine['x'], y: TracedLine['y'], most?: number) {
  const strokes: string[] = [];
  const pen = {
    moveTo: (x: number, y: number) => strokes.push(`M${x} ${y}`),
    lineTo: (x: number, y: number) => strokes.push(`L${x} ${y}`),
  };
  const isWhole = traceLine(pen, { x, y, from: 0, to: x.length - 1 }, PLACES, most);
  return { text: strokes.join(''), isWhole };
}

test('a line goes as its points follow each other, forth and back', () => {
  expect(trace([0, 10, 20, 10, 0], [5, 6, 7, 8, 9]).text).toBe('M0 5L10 6L20 7L10 8L0 9');
});

test('a gap parts it, and points of other curves do not', () => {
  expect(trace([0, 1, 2, 3, 4, 5], [5, undefined, 6, null, 7, 8]).text).toBe('M0 5L2 6M4 7L5 8');
  expect(trace([0, 1, Number.NaN, 3, 4], [5, 6, 7, 8, 9]).text).toBe('M0 5L1 6M3 8L4 9');
});

test('points between gaps are dots', () => {
  expect(trace([10, 20, 30, 40, 50], [5, null, 6, null, 7]).text).toBe('M9 5L11 5M29 6L31 6M49 7L51 7');
  expect(trace([10, 10, 20, 30], [5, 5.5, null, 6]).text).toBe('M10 5L10 5.5M9 5.5L11 5.5M29 6L31 6');
  expect(trace([10, 10, 20], [5, 50, null]).text).toBe('M10 5L10 50');
  expect(trace([130, 140], [5, null]).text).toBe('');
});

test('of points in one column, what is seen of them', () => {
  expect(trace([0, 10, 10.1, 10.2, 10.3, 20], [5, 6, 2, 9, 7, 7]).text).toBe('M0 5L10 6L10 2L10 9L10 7L20 7');
  expect(trace([10, 10, 10], [9, 5, 1]).text).toBe('M10 9L10 1');
  expect(trace([10, 10, 10], [1, 9, 5]).text).toBe('M10 1L10 9L10 5');
});

test('what is beyond an edge is left out', () => {
  expect(trace([-30, -20, 50, 120, 130, 50], [5, 5, 5, 5, 5, 5]).text).toBe('M-20 5L50 5L120 5M130 5L50 5');
});

test('one that is too long is not drawn to its end', () => {
  const x = Float64Array.from({ length: 1000 }, (_, i) => (i * 37) % 100);
  expect(trace(x, x, 10_000).isWhole).toBe(false);
  expect(trace(x, x, 200_000).isWhole).toBe(true);
});

test('a million points of a loop leave few strokes', () => {
  const angle = (i: number) => (i / 1e6) * 2 * Math.PI;
  const x = Float64Array.from({ length: 1e6 }, (_, i) => 50 + 40 * Math.cos(angle(i)));
  const y = Float64Array.from({ length: 1e6 }, (_, i) => 50 + 40 * Math.sin(angle(i)));
  expect(trace(x, y, 10_000).isWhole).toBe(true);
});
