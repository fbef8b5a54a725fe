import type uPlot from 'uplot';
import { expect, test } from 'vitest';
import { textsOf } from './axis-look.ts';
import { ticksOf } from './axis-ticks.ts';
import { yScaleLook } from './plot-look.ts';
import { inUnits, unitsOf } from './plot-units.ts';

const NO_PLOT = {} as uPlot;

function rangeOf(low: number, high: number): readonly (number | null)[] {
  const { range } = yScaleLook(false);
  if (typeof range !== 'function') throw new Error('The plot would choose the range.');
  return range(NO_PLOT, low, high, 'y');
}

/** The increment that an axis with room for eight ticks has. */
function incrementOf(low: number, high: number): number {
  const exponent = Math.floor(Math.log10((high - low) / 8));
  const steps = [1, 2, 2.5, 5, 10].map((step) => Number(`${step}e${exponent}`));
  return steps.find((step) => (high - low) / step <= 8) ?? Number.NaN;
}

/** What a plot of two numbers has beside its y axis. */
function textsBeside(low: number, high: number): readonly string[] {
  const series = [{ name: 'a', x: Float64Array.of(0, 1), y: Float64Array.of(low, high) }];
  const units = unitsOf(series, { isLogX: false, isLogY: false });
  const [{ y = new Float64Array() } = {}] = inUnits(series, units);
  const [from, to] = rangeOf(y[0] as number, y[1] as number) as [number, number];
  const increment = incrementOf(from, to);
  const ticks = ticksOf as (...from: readonly unknown[]) => number[];
  return textsOf(ticks(NO_PLOT, 1, from, to, increment, 40), increment, { unit: units.y }).texts;
}

test.each([
  ['very small', 1e-26, 6e-26],
  ['as small', 1.4e-24, 3.2e-24],
  ['large and close', 429228004229873, 429228004230873],
  ['larger and closer', 429228004229873, 429228004229883],
  ['a frequency and its drift', 1e7 - 5e-5, 1e7 + 5e-5],
  ['negative', -6e-26, -1e-26],
  ['usual', -1.5, 3],
  ['very large', 1e200, 3e200],
])('what is %s fills most of the height, and its ticks are told apart', (_, low, high) => {
  const [from = 0, to = 0] = rangeOf(low, high).map(Number);
  expect(from).toBeLessThanOrEqual(low);
  expect(to).toBeGreaterThanOrEqual(high);
  expect((high - low) / (to - from)).toBeGreaterThan(0.8);
  const texts = textsBeside(low, high);
  expect(texts.length).toBeGreaterThan(3);
  expect(new Set(texts).size).toBe(texts.length);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(11);
});

test('numbers that are all the same stand in the middle', () => {
  expect(rangeOf(5, 5)).toEqual([4.5, 5.5]);
  expect(rangeOf(-2, -2)).toEqual([-2.2, -1.8]);
  expect(rangeOf(0, 0)).toEqual([-1, 1]);
  // One is the other, but for a rounding.
  const [from, to] = rangeOf(89.69999999999999, 89.7).map(Number);
  expect([from, to]).toEqual([expect.closeTo(80.73, 2), expect.closeTo(98.67, 2)]);
});

test('an axis begins at zero where numbers only come near it, and there is none of no numbers', () => {
  expect(rangeOf(0, 100)).toEqual([0, 108]);
  expect(rangeOf(-100, -1)).toEqual([expect.closeTo(-107.92), 0]);
  expect(rangeOf(null as unknown as number, null as unknown as number)).toEqual([null, null]);
});
