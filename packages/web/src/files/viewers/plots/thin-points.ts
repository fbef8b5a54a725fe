import type uPlot from 'uplot';

/** CSS pixels: points nearer to each other are seen as one. */
const NEAR = 2;

/** Of the points in sight, those that are not hidden by others: a million marks would take seconds to draw. */
export function thinPoints(plot: uPlot, series: number): number[] {
  const [xs, ys] = [plot.data[0], plot.data[series] ?? []];
  const [first, last] = plot.series[0]?.idxs ?? [0, xs.length - 1];
  const { clientWidth: width, clientHeight: height } = plot.over;
  const columns = Math.ceil(width / NEAR) + 1;
  const taken = new Uint8Array(columns * (Math.ceil(height / NEAR) + 1));
  const kept: number[] = [];
  for (let i = first; i <= last; i += 1) {
    const [x, y] = [xs[i], ys[i]];
    if (x == null || y == null) continue;
    const at = Math.floor(plot.valToPos(y, 'y') / NEAR) * columns + Math.floor(plot.valToPos(x, 'x') / NEAR);
    if (taken[at] !== 0) continue;
    taken[at] = 1;
    kept.push(i);
  }
  return kept;
}
