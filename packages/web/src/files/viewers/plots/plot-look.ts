import type uPlot from 'uplot';

/** To be told apart by everybody, after Okabe and Ito; the first is the accent. */
const COLOURS = {
  light: ['#0b7f8f', '#b3541e', '#6a4fb3', '#2f7d32', '#b02a6b', '#5c6570'],
  dark: ['#46bccb', '#f0a36b', '#b8a5ff', '#7fcf86', '#f08cc0', '#b3bac4'],
} as const;
/** Lines of a kind have three colours that are far from each other: they are told apart in print, too. */
const DASHES = [[], [8, 4], [2, 3]];
const COLOURS_OF_A_KIND = 3;
const LOGARITHMIC = 3;
const LINEAR = 1;

export type Scheme = 'light' | 'dark';

/** The colours of all that is not data. */
export const inks = {
  light: { text: '#49525c', line: '#e3e7eb', paper: '#ffffff' },
  dark: { text: '#b3bac4', line: '#2e353f', paper: '#171b21' },
} as const;

/** The colour of a curve. */
export function colourOf(scheme: Scheme, index: number): string {
  return COLOURS[scheme][index % COLOURS[scheme].length] ?? COLOURS[scheme][0];
}

/** The dashes of a curve: pixels drawn and left out. */
export function dashOf(index: number): number[] {
  return DASHES[Math.floor(index / COLOURS_OF_A_KIND) % DASHES.length] ?? [];
}

/** How axes look, and what they say. */
export function axisLook(scheme: Scheme): uPlot.Axis {
  const { text, line } = inks[scheme];
  return {
    stroke: text,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: '12px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    labelSize: 20,
    values: (_, ticks) => ticks.map(tickText),
  };
}

/** How a scale of numbers goes. */
export function scaleLook(isLog: boolean): uPlot.Scale {
  return { distr: isLog ? LOGARITHMIC : LINEAR };
}

/** How the scale of x goes: a logarithmic one would by itself begin and end with round numbers, and so would each zoom. */
export function xScaleLook(isLog: boolean): uPlot.Scale {
  const exactly: uPlot.Range.Function = (_, low, high) => (low < high ? [low, high] : [low / 2, high * 2]);
  return { time: false, ...scaleLook(isLog), ...(isLog ? { range: exactly } : {}) };
}

/** A number beside a tick; logarithmic axes leave some without. */
export function tickText(tick: number | null): string {
  return tick === null ? '' : shortNumber(tick);
}

/** A number in few letters. */
export function shortNumber(value: number, digits = 6): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3))
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return String(Number(value.toPrecision(digits)));
}

/** A number as exactly as it is read off. */
export function longNumber(value: number | null | undefined): string {
  return value == null ? '–' : String(Number(value.toPrecision(10)));
}
