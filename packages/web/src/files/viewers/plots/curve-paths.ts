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

/** How the curves of a plot are drawn whose lines go in the order of the file. */
export class CurvePaths {
  /** Of each curve; undefined where the order of x is that of the file. */
  lines: readonly (TracedLine | undefined)[] = [];
  readonly #dotted = new Set<number>();

  /** A curve is drawn as points, for its line goes back and forth too often. */
  get isDotted(): boolean {
    return this.#dotted.size > 0;
  }

  /** Builds the path of a curve on the page. */
  readonly build: UPlot.Series.PathBuilder = (plot, series, from, to) => {
    this.#dotted.delete(series);
    const line = this.lines[series - 1];
    if (!line) return sorted?.(plot, series, from, to) ?? null;
    const { left, top, width, height } = plot.bbox;
    const places = {
      x: (value: number) => plot.valToPos(value, 'x', true),
      y: (value: number) => plot.valToPos(value, 'y', true),
      ...{ left, top, right: left + width, bottom: top + height },
    };
    let stroke = new Path2D();
    if (!traceLine(stroke, line, places, LONGEST * devicePixelRatio)) {
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
      ...{ left: 0, top: 0, right, bottom },
    };
    if (this.#dotted.has(series)) drawDots(pen, plot, series, places, 1);
    else traceLine(pen, this.lines[series - 1] ?? sortedLine(plot, series), places);
  }

  /**
   * The point of a curve under the cursor. Where x turns back, several have the same x: it is the one that is nearest on
   * the screen.
   */
  pointAt(plot: UPlot, series: number, at: number): number | undefined {
    // Of one curve, its point says the x, too.
    const shown = series === 0 && plot.series.length === 2 ? 1 : series;
    if (!this.lines[shown - 1]) return undefined;
    const [xs, ys = []] = [plot.data[0], plot.data[shown]];
    const { left = 0, top = 0 } = plot.cursor;
    let [nearest, least] = [at, Number.POSITIVE_INFINITY];
    for (const step of [1, -1])
      for (let i = step > 0 ? at : at - 1, looked = 0; looked < MOST_NEAR; i += step, looked += 1) {
        const [x, y] = [xs[i], ys[i]];
        if (x === undefined) break;
        const across = plot.valToPos(x, 'x') - left;
        if (Math.abs(across) > NEAR && i !== at) break;
        if (y == null) continue;
        const distance = Math.hypot(across, plot.valToPos(y, 'y') - top);
        if (distance < least) [nearest, least] = [i, distance];
      }
    return nearest;
  }
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
