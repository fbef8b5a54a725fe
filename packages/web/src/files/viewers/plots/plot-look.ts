import type uPlot from 'uplot';
import { paddedRange } from './y-range.ts';

/** To be told apart by everybody, after Okabe and Ito; the first is the accent. */
const COLOURS = {
  light: ['#0b7f8f', '#b3541e', '#6a4fb3', '#2f7d32', '#b02a6b', '#5c6570'],
  dark: ['#46bccb', '#f0a36b', '#b8a5ff', '#7fcf86', '#f08cc0', '#b3bac4'],
} as const;
/** Lines of a kind have three colours that are far from each other: they are told apart in print, too. */
const DASHES = [[], [8, 4], [2, 3]];
const COLOURS_OF_A_KIND = 3;
const FEW_DIGITS = 4;
const MANY_DIGITS = 10;
const LONG_DIGITS = 10;
const DIGITS_BEHIND = 6;
const MOST_DIGITS = 16;
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

/** How the scale of y goes. */
export function yScaleLook(isLog: boolean): uPlot.Scale {
  return isLog ? { distr: LOGARITHMIC } : { distr: LINEAR, range: paddedRange };
}

/** How the scale of x goes: a logarithmic one would by itself begin and end with round numbers, and so would each zoom. */
export function xScaleLook(isLog: boolean): uPlot.Scale {
  const exactly: uPlot.Range.Function = (_, low, high) => (low < high ? [low, high] : [low / 2, high * 2]);
  return { time: false, ...(isLog ? { distr: LOGARITHMIC, range: exactly } : { distr: LINEAR }) };
}

/** Two numbers in few letters, but in as many digits as tell them apart. */
export function shortNumbers(low: number, high: number): { readonly low: string; readonly high: string } {
  let digits = FEW_DIGITS;
  while (digits < MANY_DIGITS && low !== high && shortNumber(low, digits) === shortNumber(high, digits))
    digits += 1;
  return { low: shortNumber(low, digits), high: shortNumber(high, digits) };
}

function shortNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return String(rounded);
  return rounded.toExponential().replace('e+', 'e');
}

/**
 * A number as exactly as it is read off: a whole one in full, another one with some digits behind the point, too.
 *
 * @param unit - what it was multiplied with.
 */
export function longNumber(multiplied: number | null | undefined, unit = 1): string {
  if (multiplied == null) return '–';
  const value = multiplied / unit;
  if (Number.isSafeInteger(value)) return String(value);
  const before = Math.ceil(Math.log10(Math.abs(value) || 1));
  const digits = Math.min(MOST_DIGITS, Math.max(LONG_DIGITS, before + DIGITS_BEHIND));
  return String(Number(value.toPrecision(digits)));
}
