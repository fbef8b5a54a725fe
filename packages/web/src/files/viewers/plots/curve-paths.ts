import UPlot from 'uplot';
import { thinPoints } from './thin-points.ts';
import { type Pen, type TracedLine, traceLine } from './trace-line.ts';

/** CSS pixels: without a graphics card, a longer line takes more than a second to draw, and it hides what it goes through. */
const LONGEST = 1_500_000;
/** CSS pixels: so wide is a point in the place of such a line. */
const DOT = 2;
/** CSS pixels around the cursor within which a point is looked for, and how many are looked at on each side. */
const NEAR = 30;
const MOST_NEAR = 5000;

const sorted = UPlot.paths.linear?.();

/** How the curves of a plot are drawn whose lines go in the order of the file, or that have points between gaps. */
export class CurvePaths {
  /** Of each curve; undefined where the order of x is that of the file. */
  lines: readonly (TracedLine | undefined)[] = [];
  readonly #dotted = new Set<number>();
  /** The point under the cursor; undefined where no curve turns back. */
  #nearest: number | undefined;

  /** A curve is drawn as points, for its line goes back and forth too often. */
  get isDotted(): boolean {
    return this.#dotted.size > 0;
  }

  /** Builds the path of a curve on the page. */
  readonly build: UPlot.Series.PathBuilder = (plot, series, from, to) => {
    this.#dotted.delete(series);
    const line = this.lines[series - 1];
    // The plot's own way shows no point that has a gap on both sides.
    if (!line && !hasPointAlone(plot.data[series] ?? [], from, to))
      return sorted?.(plot, series, from, to) ?? null;
    const { left, top, width, height } = plot.bbox;
    const places = {
      x: (value: number) => plot.valToPos(value, 'x', true),
      y: (value: number) => plot.valToPos(value, 'y', true),
      ...{ left, top, right: left + width, bottom: top + height, dot: DOT * devicePixelRatio },
    };
    let stroke = new Path2D();
    const most = line ? LONGEST * devicePixelRatio : Number.POSITIVE_INFINITY;
    if (!traceLine(stroke, line ?? sortedLine(plot, series), places, most)) {
      this.#dotted.add(series);
      stroke = new Path2D();
      drawDots(stroke, plot, series, places, devicePixelRatio);
    }
    return { stroke };
  };

  /** Draws the line of a curve with a pen, in CSS pixels from the corner of the axes. */
  trace(pen: Pen, plot: UPlot, series: number): void {
    const { clientWidth: right, clientHeight: bottom } = plot.over;
    const places = {
      x: (value: number) => plot.valToPos(value, 'x'),
      y: (value: number) => plot.valToPos(value, 'y'),
      ...{ left: 0, top: 0, right, bottom, dot: DOT },
    };
    if (this.#dotted.has(series)) drawDots(pen, plot, series, places, 1);
    else traceLine(pen, this.lines[series - 1] ?? sortedLine(plot, series), places);
  }

  /**
   * The point under the cursor, of a curve or, where `series` is 0, of x. Where x turns back, several have the same x: it is
   * the one that is nearest on the screen, of all curves. The others are read at the same point, for it is a row of the
   * file; only those of other files, which have nothing there, at their own.
   */
  pointAt(plot: UPlot, series: number, at: number): number | undefined {
    // uPlot asks for x first.
    if (series === 0) this.#nearest = nearestOf(plot, this.#turning(plot), at);
    const nearest = this.#nearest;
    if (nearest === undefined || series === 0 || plot.data[series]?.[nearest] !== undefined) return nearest;
    return this.lines[series - 1] ? nearestOf(plot, [series], at) : undefined;
  }

  /** The curves in sight whose x turns back. */
  #turning(plot: UPlot): number[] {
    return this.lines.flatMap((line, i) => (line && plot.series[i + 1]?.show ? [i + 1] : []));
  }
}

/** The point of some curves that is nearest to the cursor on the screen; undefined where there are no curves. */
function nearestOf(plot: UPlot, series: readonly number[], at: number): number | undefined {
  const [xs] = plot.data;
  const { left = 0, top = 0 } = plot.cursor;
  let [nearest, least] = [series.length > 0 ? at : undefined, Number.POSITIVE_INFINITY];
  for (const step of [1, -1])
    for (let i = step > 0 ? at : at - 1, looked = 0; looked < MOST_NEAR; i += step, looked += 1) {
      const x = xs[i];
      if (x === undefined) break;
      const across = plot.valToPos(x, 'x') - left;
      if (Math.abs(across) > NEAR && i !== at) break;
      for (const one of series) {
        const y = plot.data[one]?.[i];
        if (y == null) continue;
        const distance = Math.hypot(across, plot.valToPos(y, 'y') - top);
        if (distance < least) [nearest, least] = [i, distance];
      }
    }
  return nearest;
}

/** Beside a point, to the left and to the right, is a gap; points of other curves, which are undefined, are none. */
function hasPointAlone(y: ArrayLike<number | null | undefined>, from: number, to: number): boolean {
  // Numbers without a gap are in such an array.
  if (ArrayBuffer.isView(y)) return false;
  let length = 0;
  for (let i = from; i <= to; i += 1) {
    if (y[i] === null && length === 1) return true;
    if (y[i] === null) length = 0;
    else if (y[i] !== undefined) length += 1;
  }
  return length === 1;
}

function sortedLine(plot: UPlot, series: number): TracedLine {
  const [x, y = []] = [plot.data[0], plot.data[series]];
  const [first, last] = plot.series[0]?.idxs ?? [0, x.length - 1];
  // One beyond each edge, so that the line goes on to it.
  return { x, y, from: Math.max(0, first - 1), to: Math.min(x.length - 1, last + 1) };
}

interface Positions {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function drawDots(pen: Pen, plot: UPlot, series: number, places: Positions, ratio: number): void {
  for (const at of thinPoints(plot, series)) {
    const x = places.x(plot.data[0][at] as number);
    const y = places.y(plot.data[series]?.[at] as number);
    pen.moveTo(x - (DOT / 2) * ratio, y);
    pen.lineTo(x + (DOT / 2) * ratio, y);
  }
}
