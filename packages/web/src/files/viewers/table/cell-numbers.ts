/** A number as programs write it, with a point. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(inf(inity)?|nan)$/i;
/** As people of half the world write it. */
const COMMA_NUMBER = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;

/** The number in a cell; undefined where it is none. */
export function pointNumber(cell: string): number | undefined {
  const text = cell.trim();
  if (!NUMBER.test(text)) return undefined;
  // Number() knows the infinite by its whole name only; and what is not finite is no point.
  const number = Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

/** The number in a cell, also with a decimal comma. */
export function anyNumber(cell: string): number | undefined {
  const text = cell.trim();
  return COMMA_NUMBER.test(text) ? Number(text.replace(',', '.')) : pointNumber(text);
}
