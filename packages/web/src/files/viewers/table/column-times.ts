/** The times in a column. */
export interface ColumnTimes {
  /** Of each row, seconds since the beginning of 1970, in UTC or by the clock that was read; NaN where there is none. */
  readonly seconds: Float64Array;
  /** They said how far they are from UTC, and are in UTC. */
  readonly isUtc: boolean;
}

/** As ISO 8601 has it, and with a blank between day and time, as databases write it. */
const TIME =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d+))?)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads a column of times; undefined where one of the cells is none, or only some say how far they are from UTC. */
export function columnTimes(rows: readonly string[][], column: number): ColumnTimes | undefined {
  const seconds = new Float64Array(rows.length);
  let isUtc: boolean | undefined;
  for (const [i, row] of rows.entries()) {
    const cell = (row[column] ?? '').trim();
    const found = TIME.exec(cell);
    const time = found ? secondsOf(found) : Number.NaN;
    seconds[i] = time;
    // The last row of a growing file may be half there.
    if (Number.isNaN(time) && cell !== '' && i < rows.length - 1) return undefined;
    if (!found || Number.isNaN(time)) continue;
    const hasZone = found[8] !== undefined;
    if (isUtc !== undefined && isUtc !== hasZone) return undefined;
    isUtc = hasZone;
  }
  return isUtc === undefined ? undefined : { seconds, isUtc };
}

/** NaN where no calendar has such a day. */
function secondsOf([
  ,
  year,
  month,
  day,
  hour,
  minute,
  second,
  fraction = '0',
  zone,
]: RegExpExecArray): number {
  const [y = 0, m = 1, d = 1, ...clock] = [year, month, day, hour, minute, second].map((part) =>
    Number(part ?? 0),
  );
  const date = new Date(0);
  // `Date.UTC` takes the years up to 99 for those from 1900 on.
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return Number.NaN;
  const [hours = 0, minutes = 0, seconds = 0] = clock;
  const ofDay = 3600 * hours + 60 * minutes + seconds + Number(`0.${fraction}`);
  return date.getTime() / 1000 + ofDay - offsetOf(zone);
}

/** Seconds that a clock is ahead of UTC. */
function offsetOf(zone = 'Z'): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)];
  return (zone.startsWith('-') ? -60 : 60) * (60 * hours + minutes);
}
