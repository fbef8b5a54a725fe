import type uPlot from 'uplot';
import { ticksOf } from './axis-ticks.ts';
import { cutText } from './cut-text.ts';
import { logAxis } from './log-ticks.ts';
import { inks, type Scheme } from './plot-look.ts';
import { tickTexts } from './tick-texts.ts';
import { TIME_INCREMENTS, timeTexts } from './time-texts.ts';

/** CSS pixels between texts below an axis: as wide as the longest, and a gap. */
const SPACE = 76;
/** The same between those beside a logarithmic axis, which stand one above the other. */
const SPACE_BESIDE = 30;
/** CSS pixels for the texts of a vertical axis, so that usual ones don't move the plot. */
const LEAST_SIZE = 50;
/** Digits of a number that was divided. */
const CERTAIN_DIGITS = 15;
const FONT = '12px system-ui, sans-serif';
const TICK = 10;
const GAP = 5;

/** CSS pixels beside a plot, for the half of a text that stands at its corner. */
export const TEXT_SPACE = 34;

/** What uPlot keeps of an axis that is drawn. */
interface DrawnAxis extends uPlot.Axis {
  /** Null where there are no numbers to show. */
  readonly _splits?: readonly (number | null)[] | null;
  readonly _values?: readonly string[] | null;
  readonly _incr?: number;
}

/** What an axis is of. */
export interface AxisContent {
  readonly label?: string | undefined;
  readonly isLog?: boolean;
  /** What its numbers were multiplied with; 1 without it. */
  readonly unit?: number;
  /** They are seconds since the beginning of 1970, of a clock. */
  readonly isTime?: boolean;
}

/** How an axis looks, and what it says. */
function axisLook(scheme: Scheme, content: AxisContent, space: number): uPlot.Axis {
  const { text, line } = inks[scheme];
  return {
    stroke: text,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: TICK },
    gap: GAP,
    font: FONT,
    labelFont: FONT,
    labelSize: 20,
    ...(content.isLog ? logAxis(space) : { splits: ticksOf }),
    ...(content.isTime && !content.isLog ? { incrs: [...TIME_INCREMENTS] } : {}),
    values: (_, ticks, _at, _space, increment) => [...textsOf(ticks, increment, content).texts],
    // Without a name there is still a place for the rule.
    label: (plot, at, increment) => labelOf(plot, at, increment, content),
  };
}

/** How the axis below a plot looks: its texts stand side by side. */
export function xAxisLook(scheme: Scheme, content: AxisContent): uPlot.Axis {
  return { ...axisLook(scheme, content, SPACE), space: SPACE };
}

/** How the axis beside a plot looks: as wide as its texts. */
export function yAxisLook(scheme: Scheme, content: AxisContent): uPlot.Axis {
  return {
    ...axisLook(scheme, content, SPACE_BESIDE),
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
  const { _splits, _values, _incr = 1, label } = plot.axes[at] as DrawnAxis;
  return {
    ticks: (_splits ?? []).flatMap((value, i) =>
      value === null ? [] : [{ value, text: _values?.[i] ?? '' }],
    ),
    label: typeof label === 'function' ? label(plot, at, _incr, 0) : (label ?? ''),
  };
}

function labelOf(plot: uPlot, at: number, increment: number, content: AxisContent): string {
  const { _splits } = plot.axes[at] as DrawnAxis;
  const { label = '' } = content;
  const { rule } = _splits ? textsOf(_splits, increment, content) : {};
  const behind = rule === undefined ? '' : ` (${rule})`;
  const { clientWidth, clientHeight } = plot.over;
  const { ctx } = plot;
  ctx.save();
  ctx.font = FONT;
  const widthOf = (text: string) => ctx.measureText(text).width;
  const room = (at === 0 ? clientWidth : clientHeight) - widthOf(behind);
  const text = `${cutText(label, room, widthOf)}${behind}`.trimStart();
  ctx.restore();
  return text;
}

/** What stands beside the ticks of an axis, and what its label says of that. */
export function textsOf(
  ticks: readonly (number | null)[],
  increment: number,
  { isLog = false, unit = 1, isTime = false }: AxisContent,
): { readonly texts: readonly string[]; readonly rule: string | undefined } {
  const numbers = ticks.map((tick) => (tick === null || unit === 1 ? tick : withoutNoise(tick / unit)));
  // Those of a logarithmic axis are round numbers, however far apart; some are left without a text.
  if (isLog) return { texts: numbers.map(powerText), rule: undefined };
  if (isTime) return timeTexts(numbers.map(Number), increment);
  return tickTexts(numbers.map(Number), increment / unit);
}

function withoutNoise(value: number): number {
  return Number(value.toPrecision(CERTAIN_DIGITS));
}

function powerText(tick: number | null): string {
  if (tick === null) return '';
  const size = Math.abs(tick);
  const isPlain = size === 0 || (size >= 1e-3 && size < 1e5);
  const exact = Number(tick.toPrecision(10));
  return isPlain ? String(exact) : exact.toExponential().replace('e+', 'e');
}
