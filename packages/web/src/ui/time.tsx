import { useToday } from './day-clock.ts';

interface TimeProps {
  /** As the API gives it: ISO 8601. */
  readonly value: string;
  /** `short` leaves out what goes without saying: the time of older days, the year of this one. */
  readonly format?: 'short' | 'full' | 'seconds';
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayOfYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const TEXTS = {
  short: (date: Date) => shortText(date, new Date()),
  full: (date: Date) => full.format(date),
  seconds: (date: Date) => seconds.format(date),
};

/** A moment in the viewer's zone, the exact one on hover. */
export function Time({ value, format = 'short' }: TimeProps) {
  const date = new Date(value);
  // What was today is yesterday after midnight, also in rows that do not change.
  useToday();
  return (
    <time dateTime={value} title={`${exact.format(date)}\n${value}`}>
      {TEXTS[format](date)}
    </time>
  );
}

function shortText(date: Date, now: Date): string {
  if (date.getFullYear() !== now.getFullYear()) return day.format(date);
  const isToday = date.getMonth() === now.getMonth() && date.getDate() === now.getDate();
  return (isToday ? timeOfDay : dayOfYear).format(date);
}
