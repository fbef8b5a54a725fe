import type uPlot from 'uplot';
import { lastPlace } from './tick-texts.ts';

/** More would not be told apart; the increment is far too small for the numbers then. */
const MOST_TICKS = 100;

/**
 * The ticks of a linear axis, as multiples of their increment. The plot's own way adds it to the tick before, for ever where
 * that is lost in rounding.
 */
export const ticksOf: uPlot.Axis.Splits = (_, _at, low, high, increment) => multiplesOf(increment, low, high);

/** The multiples of an increment from `low` to `high`. */
export function multiplesOf(increment: number, low: number, high: number): number[] {
  if (!(increment > 0)) return [];
  const first = Math.ceil(low / increment);
  const count = Math.min(MOST_TICKS, Math.floor(high / increment) - first + 1);
  const places = Math.min(100, Math.max(0, -lastPlace(increment)));
  const ticks = Array.from({ length: count }, (_, i) => Number(((first + i) * increment).toFixed(places)));
  return ticks.filter((tick, i) => tick !== ticks[i - 1]);
}
