import type { LogAxes, PlotSeries } from './plot-series.ts';
import type { PlotZoom } from './plot-zoom.ts';

/** What the numbers of each axis are multiplied with inside the plot. */
export interface PlotUnits {
  readonly x: number;
  readonly y: number;
}

/** uPlot knows no zoom below 1e-16 and no ticks above 5e31: numbers of other sizes are brought between these. */
const LEAST = 1e-3;
const MOST = 1e30;
/** Powers of ten from one unit to the next, so that numbers that grow seldom need another one, which is another plot. */
const STEP = 12;
const MOST_STEPS = 25;

/** The units in which a plot can show all of its curves as finely as they are. */
export function unitsOf(series: readonly PlotSeries[], { isLogX, isLogY }: LogAxes): PlotUnits {
  const xs = [...new Set(series.map(({ x }) => x))];
  const ys = series.map(({ y }) => y);
  return { x: unitOf(sizeOf(xs, isLogX)), y: unitOf(sizeOf(ys, isLogY)) };
}

/** The curves in other units. */
export function inUnits(series: readonly PlotSeries[], { x, y }: PlotUnits): readonly PlotSeries[] {
  if (x === 1 && y === 1) return series;
  // Those that have one x keep one.
  const xs = new Map(series.map((one) => [one.x, times(one.x, x)]));
  return series.map((one) => ({ ...one, x: xs.get(one.x) ?? one.x, y: times(one.y, y) }));
}

/** What is in sight, in other units. */
export function zoomInUnits({ x, y }: PlotZoom, units: PlotUnits): PlotZoom {
  const by = ([from, to]: PlotZoom['x'], unit: number) => [from * unit, to * unit] as const;
  return { x: by(x, units.x), y: by(y, units.y) };
}

/** The largest number; on a logarithmic axis, what is in the middle. */
function sizeOf(columns: readonly Float64Array[], isLog: boolean): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const column of columns)
    for (const value of column) {
      const size = isLog ? value : Math.abs(value);
      if (!(size > 0 && size < Number.POSITIVE_INFINITY)) continue;
      if (size > most) most = size;
      if (size < least) least = size;
    }
  return isLog && most > 0 ? Math.sqrt(least) * Math.sqrt(most) : most;
}

function unitOf(size: number): number {
  if (size === 0 || (size >= LEAST && size < MOST)) return 1;
  const steps = Math.ceil((Math.log10(LEAST) - Math.log10(size)) / STEP);
  return Number(`1e${STEP * Math.max(-MOST_STEPS, Math.min(MOST_STEPS, steps))}`);
}

function times(numbers: Float64Array, unit: number): Float64Array {
  return unit === 1 ? numbers : numbers.map((value) => value * unit);
}
