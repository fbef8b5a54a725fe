import type { PlotZoom } from './plot-zoom.ts';

interface Step {
  /** How many times as much is in sight. */
  readonly grow?: number;
  /** By so much of what is in sight it moves to the right, and up. */
  readonly x?: number;
  readonly y?: number;
}

const STEPS: Readonly<Record<string, Step>> = {
  '+': { grow: 0.5 },
  '-': { grow: 2 },
  ArrowLeft: { x: -0.2 },
  ArrowRight: { x: 0.2 },
  ArrowDown: { y: -0.2 },
  ArrowUp: { y: 0.2 },
};

/** The keys of a plot, as `aria-keyshortcuts` names them. */
export const PLOT_KEYS = [...Object.keys(STEPS), '0'].join(' ').replace('+', 'Plus');

/** What is in sight after a key; undefined where it does nothing. */
export function zoomByKey(
  key: string,
  zoom: PlotZoom,
  isLog: { x: boolean; y: boolean },
): PlotZoom | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const { grow = 1, x = 0, y = 0 } = step;
  const next = { x: moved(zoom.x, isLog.x, grow, x), y: moved(zoom.y, isLog.y, grow, y) };
  // Numbers have no more digits.
  return next.x[0] < next.x[1] && next.y[0] < next.y[1] ? next : undefined;
}

function moved(range: PlotZoom['x'], isLog: boolean, grow: number, by: number): PlotZoom['x'] {
  const [from, to] = isLog ? [Math.log(range[0]), Math.log(range[1])] : range;
  const middle = (from + to) / 2 + by * (to - from);
  const half = (grow * (to - from)) / 2;
  const ends = [middle - half, middle + half] as const;
  return isLog ? [Math.exp(ends[0]), Math.exp(ends[1])] : ends;
}
