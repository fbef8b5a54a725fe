import type uPlot from 'uplot';
import type { PlotCanvasProps } from './plot-canvas.tsx';

/** To be told apart by everybody, after Okabe and Ito; the first is the accent. */
const COLOURS = {
  light: ['#0b7f8f', '#b3541e', '#6a4fb3', '#2f7d32', '#b02a6b', '#5c6570'],
  dark: ['#46bccb', '#f0a36b', '#b8a5ff', '#7fcf86', '#f08cc0', '#b3bac4'],
} as const;
const LINE = { light: '#e3e7eb', dark: '#2e353f' } as const;
const TEXT = { light: '#49525c', dark: '#b3bac4' } as const;
const LOGARITHMIC = 3;
const LINEAR = 1;

type PlotLook = Omit<PlotCanvasProps, 'data' | 'resets'> & { readonly isDark: boolean };

/** How a plot looks. */
export function plotOptions({
  x,
  y,
  marks,
  isLogX,
  isLogY,
  isDark,
}: PlotLook): Omit<uPlot.Options, 'width' | 'height'> {
  const scheme = isDark ? 'dark' : 'light';
  const axis: uPlot.Axis = {
    stroke: TEXT[scheme],
    grid: { stroke: LINE[scheme], width: 1 },
    ticks: { stroke: LINE[scheme], width: 1 },
    font: '12px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : shortNumber(tick))),
  };
  return {
    cursor: { drag: { x: true, y: true, uni: 40 }, points: { size: 6 } },
    scales: {
      x: { time: false, distr: isLogX ? LOGARITHMIC : LINEAR },
      y: { distr: isLogY ? LOGARITHMIC : LINEAR },
    },
    axes: [
      { ...axis, label: x, labelSize: 20 },
      { ...axis, label: y.length === 1 ? y[0] : undefined, labelSize: 20, size: 62 },
    ],
    series: [
      { label: x, value: (_, value) => longNumber(value) },
      ...y.map((name, i): uPlot.Series => {
        const colour = COLOURS[scheme][i % COLOURS[scheme].length];
        return {
          label: name,
          stroke: colour,
          width: 1.5,
          value: (_, value) => longNumber(value),
          ...(marks === 'Points' ? { paths: () => null } : {}),
          points: marks === 'Lines' ? {} : { show: true, size: 5, fill: colour },
        };
      }),
    ],
  };
}

function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3))
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return String(Number(value.toPrecision(6)));
}

function longNumber(value: number | null | undefined): string {
  return value == null ? '–' : String(Number(value.toPrecision(10)));
}
