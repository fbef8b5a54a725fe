import type UPlot from 'uplot';

/** A curve. Where x is not in order, the curve is sorted by it. */
export interface PlotSeries {
  /** In the legend; of several series each has its own. */
  readonly name: string;
  readonly x: Float64Array;
  /** As many as x; NaN where there is none. */
  readonly y: Float64Array;
  /** Which colour and dashes it has; without it, those of its place. */
  readonly style?: number;
  /** It is in the legend, but not drawn. */
  readonly isHidden?: boolean;
}

export interface LogAxes {
  readonly isLogX: boolean;
  readonly isLogY: boolean;
}

type Column = Float64Array | (number | null)[];

/**
 * The curves over one common x, as the plot wants them: sorted, for it finds what is under the cursor by halving. What a
 * logarithmic axis can't show is left out.
 */
export function alignSeries(series: readonly PlotSeries[], axes: LogAxes): UPlot.AlignedData {
  const [first] = series;
  if (!first) return [[]];
  if (series.every(({ x }) => x === first.x)) {
    const order = orderOf(first.x, axes.isLogX);
    return [
      order ? Float64Array.from(order, (i) => first.x[i] ?? Number.NaN) : first.x,
      ...series.map(({ y }) => columnOf(y, order, axes.isLogY)),
    ] as unknown as UPlot.AlignedData;
  }
  return mergeCurves(series.map((one) => alignSeries([one], axes)));
}

/**
 * Curves that are sorted by x, over one x that has all of theirs. The `join` of uPlot takes 9 s for five of 200,000 points
 * with different x, and of points with the same x it keeps one.
 */
function mergeCurves(curves: readonly UPlot.AlignedData[]): UPlot.AlignedData {
  const xs = curves.map(([x]) => Float64Array.from(x));
  const most = xs.reduce((sum, { length }) => sum + length, 0);
  const x = new Float64Array(most);
  // Undefined, not null, in the place of other curves' points: the line goes on over them.
  const columns = curves.map(() => new Array<number | null | undefined>(most).fill(undefined));
  const next = new Uint32Array(curves.length);
  let count = 0;
  for (let taken = 0; taken < most; count += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < xs.length; i += 1) least = Math.min(least, xs[i]?.[next[i] ?? 0] ?? least);
    x[count] = least;
    for (let i = 0; i < xs.length; i += 1) {
      const at = next[i] ?? 0;
      const column = columns[i];
      if (column === undefined || xs[i]?.[at] !== least) continue;
      column[count] = curves[i]?.[1]?.[at];
      next[i] = at + 1;
      taken += 1;
    }
  }
  for (const column of columns) column.length = count;
  return [x.subarray(0, count), ...columns];
}

/** Which points are shown, and in which order; undefined where that is all, as they are. */
function orderOf(x: Float64Array, isLog: boolean): number[] | undefined {
  let isAsItIs = true;
  for (let i = 0; i < x.length && isAsItIs; i += 1) {
    const value = x[i] as number;
    isAsItIs = isShown(value, isLog) && (i === 0 || value >= (x[i - 1] as number));
  }
  if (isAsItIs) return undefined;
  const order: number[] = [];
  let isSorted = true;
  for (const [i, value] of x.entries()) {
    if (!isShown(value, isLog)) continue;
    if (value < (x[order.at(-1) ?? i] as number)) isSorted = false;
    order.push(i);
  }
  return isSorted ? order : order.sort((a, b) => (x[a] as number) - (x[b] as number));
}

/** An axis can show it: an axis to an infinite number would show nothing else. */
export function isShown(value: number, isLog: boolean): boolean {
  return Number.isFinite(value) && (!isLog || value > 0);
}

/** With null in the place of what is not drawn; a column without any stays what it is. */
function columnOf(y: Float64Array, order: readonly number[] | undefined, isLog: boolean): Column {
  if (!order && y.every((value) => isShown(value, isLog))) return y;
  const pick = (value: number | undefined) => (value !== undefined && isShown(value, isLog) ? value : null);
  return order ? order.map((i) => pick(y[i])) : Array.from(y, pick);
}
