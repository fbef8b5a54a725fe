import type uPlot from 'uplot';
import { inks, type Scheme } from './plot-look.ts';
import { tickTexts } from './tick-texts.ts';

/** Of `distr`, as uPlot counts them. */
const LOGARITHMIC = 3;
/** CSS pixels between texts below an axis: as wide as the longest, and a gap. */
const SPACE = 76;
/** CSS pixels for the texts of a vertical axis, so that usual ones don't move the plot. */
const LEAST_SIZE = 50;
const FONT = '12px system-ui, sans-serif';
const TICK = 10;
const GAP = 5;

/** CSS pixels beside a plot, for the half of a text that stands at its corner. */
export const TEXT_SPACE = 34;

/** What uPlot keeps of an axis that is drawn. */
interface DrawnAxis extends uPlot.Axis {
  readonly _splits?: readonly (number | null)[];
  readonly _values?: readonly string[];
  readonly _incr?: number;
}

/** How an axis looks, and what it says. */
export function axisLook(scheme: Scheme, label?: string): uPlot.Axis {
  const { text, line } = inks[scheme];
  return {
    stroke: text,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: TICK },
    gap: GAP,
    font: FONT,
    labelFont: FONT,
    labelSize: 20,
    values: (plot, ticks, at, _, increment) => [...textsOf(plot, at, ticks, increment).texts],
    // Without a name there is still a place for the rule.
    label: (plot, at, increment) => labelOf(plot, at, increment, label),
  };
}

/** How the axis below a plot looks: its texts stand side by side. */
export function xAxisLook(scheme: Scheme, label: string): uPlot.Axis {
  return { ...axisLook(scheme, label), space: SPACE };
}

/** How the axis beside a plot looks: as wide as its texts. */
export function yAxisLook(scheme: Scheme, label?: string): uPlot.Axis {
  return {
    ...axisLook(scheme, label),
    size: (plot, texts, at, cycle) => {
      const axis = plot.axes[at] as uPlot.Axis & { readonly _size?: number };
      // Other texts because of another size would go on for ever.
      if (cycle > 1 && axis._size !== undefined) return axis._size;
      const { ctx } = plot;
      ctx.save();
      ctx.font = FONT;
      const widest = Math.max(0, ...(texts ?? []).map((text) => ctx.measureText(text ?? '').width));
      ctx.restore();
      return Math.max(LEAST_SIZE, Math.ceil(widest) + TICK + GAP + 2);
    },
  };
}

/** The ticks of an axis that is drawn, each with its text, and the label of the axis. */
export function drawnAxis(plot: uPlot, at: number) {
  const { _splits = [], _values = [], _incr = 1, label } = plot.axes[at] as DrawnAxis;
  return {
    ticks: _splits.flatMap((value, i) => (value === null ? [] : [{ value, text: _values[i] ?? '' }])),
    label: typeof label === 'function' ? label(plot, at, _incr, 0) : (label ?? ''),
  };
}

function labelOf(plot: uPlot, at: number, increment: number, label = ''): string {
  const { _splits = [] } = plot.axes[at] as DrawnAxis;
  const { rule } = textsOf(plot, at, _splits, increment);
  return rule === undefined ? label : `${label} (${rule})`.trimStart();
}

function textsOf(plot: uPlot, at: number, ticks: readonly (number | null)[], increment: number) {
  const scale = plot.scales[plot.axes[at]?.scale ?? ''];
  // Those of a logarithmic axis are round numbers, however far apart; some are left without a text.
  if (scale?.distr === LOGARITHMIC) return { texts: ticks.map(powerText), rule: undefined };
  return tickTexts(ticks.map(Number), increment);
}

function powerText(tick: number | null): string {
  if (tick === null) return '';
  const size = Math.abs(tick);
  const isPlain = size === 0 || (size >= 1e-3 && size < 1e5);
  const exact = Number(tick.toPrecision(10));
  return isPlain ? String(exact) : exact.toExponential().replace('e+', 'e');
}
