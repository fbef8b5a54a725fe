const DAY_MS = 86_400_000;
const MICROSECONDS_PER_DAY = DAY_MS * 1000;

/** Moments that were written lately: lists show the same ones again and again. About 2 MB of memory. */
const written = new Map<number, string>();
const MOST_WRITTEN = 10_000;

/**
 * Writes a moment as every client can read it, Python 3.8's `fromisoformat` too: `2024-11-22T13:37:00.123456+00:00`.
 *
 * @param microseconds - since 1970-01-01T00:00Z.
 */
export function formatDateTime(microseconds: number): string {
  let text = written.get(microseconds);
  if (text === undefined) {
    const second = new Date(Math.floor(microseconds / 1_000_000) * 1000).toISOString().slice(0, 19);
    const fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000;
    text = `${second}.${String(fraction).padStart(6, '0')}+00:00`;
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(microseconds, text);
  }
  return text;
}

const DATE =
  /^(?:(?<year>\d{4})(?:-?(?<ordinal>\d{3})(?!\d)|-(?<month>\d\d)(?:-(?<day>\d\d))?|(?<month2>\d\d)(?<day2>\d\d)|-W(?<week>\d\d)(?:-(?<weekday>[1-7]))?|W(?<week2>\d\d)(?<weekday2>[1-7])?|)?)/;
const TIME =
  /^(?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?|(?<minute2>\d\d)(?:(?<second2>\d\d)(?:[.,](?<fraction2>\d+))?)?)?(?<offset>[zZ]|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Reads an ISO 8601 text: extended or basic, a date alone (its midnight), dates by week or day of the year, hours only,
 * `24:00`, any character between date and time, digits beyond microseconds cut off. Without an offset it is UTC.
 *
 * @returns microseconds since 1970-01-01T00:00Z, or undefined when the text is none.
 */
export function parseDateTime(text: string): number | undefined {
  const date = DATE.exec(text);
  if (!date?.groups) return undefined;
  const day = dayOf(date.groups);
  if (day === undefined) return undefined;
  const rest = text.slice(date[0].length);
  if (rest === '') return day * MICROSECONDS_PER_DAY;
  const separator = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (/\d/.test(separator)) return undefined;

  const time = TIME.exec(rest.slice(separator.length));
  if (!time?.groups) return undefined;
  const { hour, minute, minute2, second, second2, fraction, fraction2, offset } = time.groups;
  const [h, m, s] = [Number(hour), Number(minute ?? minute2 ?? 0), Number(second ?? second2 ?? 0)];
  const micro = Number((fraction ?? fraction2 ?? '').slice(0, 6).padEnd(6, '0'));
  const isMidnight = h === 24 && m === 0 && s === 0 && micro === 0;
  if ((h > 23 && !isMidnight) || m > 59 || s > 59) return undefined;
  const shift = offsetSeconds(offset);
  if (shift === undefined) return undefined;
  return day * MICROSECONDS_PER_DAY + (h * 3600 + m * 60 + s - shift) * 1_000_000 + micro;
}

/** Days since 1970. */
function dayOf(groups: Record<string, string | undefined>): number | undefined {
  const year = Number(groups.year);
  if (year < 1) return undefined;
  const week = groups.week ?? groups.week2;
  if (week !== undefined)
    return dayOfWeekDate(year, Number(week), Number(groups.weekday ?? groups.weekday2 ?? 1));
  if (groups.ordinal !== undefined) return dayOfYear(year, Number(groups.ordinal));
  const month = Number(groups.month ?? groups.month2 ?? 1);
  const day = Number(groups.day ?? groups.day2 ?? 1);
  const date = utcDate(year, month - 1, day);
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / DAY_MS : undefined;
}

/** ISO 8601: week 1 is the week with the year's first Thursday, and so the one with 4 January. */
function dayOfWeekDate(year: number, week: number, weekday: number): number | undefined {
  if (week < 1 || week > 53) return undefined;
  const fourth = utcDate(year, 0, 4);
  const monday = fourth.getTime() / DAY_MS - ((fourth.getUTCDay() + 6) % 7);
  return monday + (week - 1) * 7 + weekday - 1;
}

function dayOfYear(year: number, day: number): number | undefined {
  const date = utcDate(year, 0, day);
  return date.getUTCFullYear() === year ? date.getTime() / DAY_MS : undefined;
}

/** Date.UTC takes years below 100 for those of the 20th century. */
function utcDate(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function offsetSeconds(offset: string | undefined): number | undefined {
  if (offset === undefined || /^z$/i.test(offset)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
  if (Number(hours) > 23 || Number(minutes ?? 0) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes ?? 0) * 60);
}
