/** How numbers are written: with a decimal point or comma, and with the other one between thousands, or without. */
export type NumberStyle = 'point' | 'comma' | 'commaThousands' | 'pointThousands';

/** Fortran writes D for double precision, and always a sign behind it: `3D10` is a name. */
const EXPONENT = '(?:e[+-]?\\d+|d[+-]\\d+)?$';
/** Characters: the largest double has 309 digits. */
const LONGEST_NUMBER = 400;
const STYLES = {
  point: {
    pattern: new RegExp(`^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)${EXPONENT}`, 'i'),
    plain: (text: string) => text,
  },
  comma: {
    pattern: new RegExp(`^[+-]?(?:\\d+(?:,\\d*)?|,\\d+)${EXPONENT}`, 'i'),
    plain: (text: string) => text.replace(',', '.'),
  },
  // No group of thousands begins with zero: 0,950 is less than one.
  commaThousands: {
    pattern: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d*)?$/,
    plain: (text: string) => text.replaceAll(',', ''),
  },
  pointThousands: {
    pattern: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d*)?$/,
    plain: (text: string) => text.replaceAll('.', '').replace(',', '.'),
  },
} as const;
/** What spreadsheets, databases and C write where there is no number, or none that can be drawn. */
const NO_POINT =
  /^(?:n\/a|#n\/?a|#nv|#(?:div\/0|value|num|wert|zahl)!|null|none|[+-]?nan(?:\(ind\))?|[+-]?1\.#(?:ind|qnan|inf)\d*|[+-]?inf(?:inity)?)$/i;
/** As R writes it: in other letters it is sodium, or a unit. */
const NOT_AVAILABLE = 'NA';

/** The number in a cell that is written in a style; NaN where it says that there is none; undefined where it is a text. */
export function numberIn(cell: string, style: NumberStyle): number | undefined {
  const text = cell.trim();
  if (text.length > LONGEST_NUMBER) return undefined;
  const { pattern, plain } = STYLES[style];
  if (!pattern.test(text)) return text === NOT_AVAILABLE || NO_POINT.test(text) ? Number.NaN : undefined;
  const written = plain(text);
  const number = Number(written);
  // The letter of Fortran is the only thing that Number() doesn't know; and what is not finite is no point.
  if (Number.isNaN(number)) return Number(written.replace(/d/i, 'e'));
  return Number.isFinite(number) ? number : Number.NaN;
}

/** The number in a cell where commas separate the columns: no decimal point, but in quotes they may be between thousands. */
export function pointNumber(cell: string): number | undefined {
  return numberIn(cell, 'point') ?? numberIn(cell, 'commaThousands');
}

/** The number in a cell, also with a decimal comma. */
export function anyNumber(cell: string): number | undefined {
  return numberIn(cell, 'comma') ?? pointNumber(cell) ?? numberIn(cell, 'pointThousands');
}
