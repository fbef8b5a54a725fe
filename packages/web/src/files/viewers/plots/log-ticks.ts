import type uPlot from 'uplot';
import { multiplesOf } from './axis-ticks.ts';

/** So many numbers of one digit make an axis readable; where fewer are in sight, it is divided like a linear one. */
const ENOUGH = 4;
/** Beyond, only powers of ten have ticks. */
const MOST_DECADES = 12;

/**
 * The ticks of a logarithmic axis, and which of them have texts. The plot's own leave an axis on which no power of ten is in
 * sight without any.
 *
 * @param space - CSS pixels between texts.
 */
export function logAxis(space: number): Pick<uPlot.Axis, 'splits' | 'filter'> {
  return {
    splits: (plot, at, low, high) => {
      const length = at === 0 ? plot.width : plot.height;
      return logTicks(low, high, Math.max(2, Math.floor(length / space)));
    },
    filter: (plot, ticks, at) => {
      const { scale = at === 0 ? 'x' : 'y' } = plot.axes[at] ?? {};
      return withSpace(ticks, (tick) => plot.valToPos(tick, scale), space);
    },
  };
}

/**
 * Numbers of one digit times powers of ten from `low` to `high`; where these are too few, round numbers.
 *
 * @param most - how many round numbers there may be at the most.
 */
export function logTicks(low: number, high: number, most: number): number[] {
  if (!(low > 0) || !(high >= low) || !Number.isFinite(high)) return [];
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = to - from > MOST_DECADES ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const ticks = Array.from({ length: to - from + 1 }, (_, i) =>
    digits.map((digit) => Number(`${digit}e${from + i}`)),
  )
    .flat()
    .filter((tick) => tick >= low && tick <= high);
  return ticks.length >= ENOUGH ? ticks : roundTicks(low, high, most);
}

/**
 * Which ticks have texts: powers of ten before fives and twos, and these before others, where there is room.
 *
 * @param at - where on the axis a number stands, in CSS pixels.
 * @returns null in the place of the others.
 */
export function withSpace(
  ticks: readonly number[],
  at: (tick: number) => number,
  space: number,
): (number | null)[] {
  const shown = new Map<number, number>();
  for (const tick of ticks.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const place = at(tick);
    if ([...shown.values()].every((other) => Math.abs(other - place) >= space)) shown.set(tick, place);
  }
  return ticks.map((tick) => (shown.has(tick) ? tick : null));
}

function roundTicks(low: number, high: number, most: number): number[] {
  const raw = (high - low) / most;
  if (!(raw > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const increment = ([1, 2, 5].find((step) => step * power >= raw) ?? 10) * power;
  return multiplesOf(increment, low, high);
}

function rankOf(tick: number): number {
  const [digits] = tick.toExponential().split('e');
  return digits === '1' ? 0 : digits === '2' || digits === '5' ? 1 : 2;
}
