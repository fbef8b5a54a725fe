import type { LogAxes } from './plot-series.ts';

/** The part of a plot that is in sight. */
export interface PlotZoom {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** The part, where the axes can show it: a logarithmic one that began at zero would have ticks without end. */
export function zoomOnAxes(zoom: PlotZoom | undefined, { isLogX, isLogY }: LogAxes): PlotZoom | undefined {
  if (!zoom || (isLogX && zoom.x[0] <= 0) || (isLogY && zoom.y[0] <= 0)) return undefined;
  return zoom;
}

/** As it stands in an address: from and to of x, then of y, in full: of large numbers the last digits are the zoom. */
export function zoomText({ x, y }: PlotZoom): string {
  return [...x, ...y].join(',');
}

/** Reads it; undefined where it is none. */
export function parseZoom(text: string | undefined): PlotZoom | undefined {
  const [x0, x1, y0, y1] = (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return undefined;
  if (![x0, x1, y0, y1].every(Number.isFinite) || x0 >= x1 || y0 >= y1) return undefined;
  return { x: [x0, x1], y: [y0, y1] };
}
