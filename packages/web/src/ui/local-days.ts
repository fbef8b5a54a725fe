/** A day of the viewer's calendar, `YYYY-MM-DD`. */
export function dayText(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * The first moment of a local day, as the API takes it.
 *
 * @param text - a day (`YYYY-MM-DD`) or a moment of it; `undefined` comes back for anything else.
 */
export function startOfDay(text: unknown): string | undefined {
  const day = parseDay(text);
  return day?.toISOString();
}

/** The last microsecond of a local day, as the API takes it. */
export function endOfDay(text: unknown): string | undefined {
  const day = parseDay(text);
  if (!day) return undefined;
  // Days are not always 24 hours long.
  const next = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
  return new Date(next.getTime() - 1).toISOString().replace('Z', '999Z');
}

/** A day or a moment of an address as a day, for a field. */
export function dayOf(text: string | undefined): string {
  const day = parseDay(text);
  return day ? dayText(day) : '';
}

/** Whether a day is typed to its end: a date field has one from the first digit of the year on, in the year 2. */
export function isTypedDay(text: string): boolean {
  return /^[1-9]\d{3}-/.test(text);
}

function parseDay(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined;
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year !== undefined) {
    const date = new Date(Number(year), Number(month) - 1, Number(day));
    return dayText(date) === text ? date : undefined;
  }
  // A text like "5" would be a year to JavaScript.
  const moment = /^\d{4}-\d\d/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime())) return undefined;
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
}
