/** Blanks that Python takes around a number. */
const BLANK = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
/** Of any script, with single underscores between. */
const DIGITS = '\\p{Nd}+(?:_\\p{Nd}+)*';
const INT = pythonNumber(DIGITS);
const FLOAT = pythonNumber(
  `(?:inf|infinity|nan|(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[+-]?${DIGITS})?)`,
);

/** Whether a parameter of type `int` may have this value: what Python's `int` takes. */
export function isInt(value: string): boolean {
  return INT.test(value);
}

/** Whether a parameter of type `float` may have this value: what Python's `float` takes. */
export function isFloat(value: string): boolean {
  return FLOAT.test(value);
}

/**
 * Whether a parameter of type `experiment` may have this value, be there such an experiment or not: digits, a hyphen,
 * letters or digits. More than EIDs of our own, since imports bring others; the original takes the same.
 */
export function isEid(value: string): boolean {
  return /^\p{Nd}+-[\p{L}\p{N}]+$/u.test(value);
}

/** What a value of a parameter of type `bool` means; undefined where it is none. */
export function boolOf(value: string): boolean | undefined {
  if (/^(?:true|1)$/i.test(value)) return true;
  return /^(?:false|0)$/i.test(value) ? false : undefined;
}

function pythonNumber(unsigned: string): RegExp {
  return new RegExp(`^${BLANK}*[+-]?${unsigned}${BLANK}*$`, 'iu');
}
