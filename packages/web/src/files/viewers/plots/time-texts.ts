import type { TickTexts } from './tick-texts.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds from one tick to the next that an axis of times may have: a clock doesn't count by tens. */
export const TIME_INCREMENTS: readonly number[] = [
  ...[-6, -5, -4, -3, -2, -1].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))),
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
  ].map((days) => days * DAY),
];

/**
 * Texts for the ticks of an axis of times. A day that all have in common is in the label.
 *
 * @param ticks - seconds since the beginning of 1970.
 * @param increment - from each tick to the next.
 */
export function timeTexts(ticks: readonly number[], increment: number): TickTexts {
  const days = ticks.map((tick) => isoText(tick, 0).slice(0, 10));
  if (increment >= DAY) return { texts: days, rule: undefined };
  const places = increment >= 1 ? 0 : Math.ceil(-Math.log10(increment) - 1e-9);
  const clock = ticks.map((tick) => isoText(tick, places).slice(11, increment >= MINUTE ? 16 : undefined));
  const [day] = days;
  if (days.every((one) => one === day)) return { texts: clock, rule: day };
  return { texts: clock.map((text, i) => `${days[i]?.slice(5)} ${text}`), rule: undefined };
}

/** A time as exactly as it is read off, to the microsecond. */
export function longTime(seconds: number | null | undefined): string {
  if (seconds == null || Number.isNaN(seconds)) return '–';
  return isoText(seconds, 6).replace(/\.?0{1,6}$/, '');
}

/** As `2026-11-27 10:00:05.25`; empty for what no calendar has. */
function isoText(seconds: number, places: number): string {
  // Of seconds since 1970, a double has as many certain places as microseconds.
  const micros = Math.round(seconds * 1e6);
  const whole = Math.floor(micros / 1e6);
  const date = new Date(whole * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const fraction = String(micros - whole * 1e6)
    .padStart(6, '0')
    .slice(0, places);
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction && `.${fraction}`}`;
}
