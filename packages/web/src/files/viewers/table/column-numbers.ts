import { type NumberStyle, numberIn } from './cell-numbers.ts';

/** The numbers in columns of texts. */
export interface ColumnNumbers {
  /** Of each column, one number for each row, NaN where there is none; undefined for a column of texts. */
  readonly numbers: readonly (Float64Array | undefined)[];
  /** The columns whose commas stand between thousands. */
  readonly thousands: readonly number[];
  /** The columns whose commas may as well stand between thousands, but are read as decimal points. */
  readonly doubtful: readonly number[];
}

/** What the commas of a column can be. */
interface Commas {
  readonly canBeDecimal: boolean;
  readonly canBeThousands: boolean;
  /** Whole numbers without a comma are among them, which would be less than a thousand. */
  readonly hasBare: boolean;
}

/**
 * Reads the columns of a table, each in one way: no column has decimal points and decimal commas. Whether `1,020` is a
 * thousand is said by the other cells of its column, and where they don't, by the other columns.
 *
 * @param areCommasSeparators - they are no decimal points then.
 */
export function columnNumbers(
  rows: readonly string[][],
  width: number,
  areCommasSeparators: boolean,
): ColumnNumbers {
  const columns = Array.from({ length: width }, (_, i) => {
    const numbers = numbersOf(rows, i, 'point');
    return { numbers, commas: numbers ? undefined : commasOf(rows, i, areCommasSeparators) };
  });
  const isDecimal = columns.some(({ commas }) => commas?.canBeDecimal && !commas.canBeThousands);
  const hasPoints = columns.some(({ numbers }, i) => numbers && rows.some((row) => row[i]?.includes('.')));
  const [thousands, doubtful]: [number[], number[]] = [[], []];
  const numbers = columns.map(({ numbers, commas }, i) => {
    if (!commas) return numbers ?? numbersOf(rows, i, 'point', true);
    const { canBeDecimal, canBeThousands, hasBare } = commas;
    const areThousands = canBeThousands && (!canBeDecimal || (!isDecimal && (hasBare || hasPoints)));
    if (areThousands) thousands.push(i);
    else if (canBeThousands && !isDecimal) doubtful.push(i);
    return numbersOf(
      rows,
      i,
      areThousands ? 'commaThousands' : canBeDecimal ? 'comma' : 'pointThousands',
      true,
    );
  });
  return { numbers, thousands, doubtful };
}

/** Undefined where no comma of the column can be part of a number. */
function commasOf(rows: readonly string[][], column: number, areSeparators: boolean): Commas | undefined {
  // The last row of a growing file may be half there: what it has counts where no other has a comma.
  return commasIn(rows.slice(0, -1), column, areSeparators) ?? commasIn(rows, column, areSeparators);
}

function commasIn(rows: readonly string[][], column: number, areSeparators: boolean): Commas | undefined {
  const fits = { comma: !areSeparators, commaThousands: true, pointThousands: !areSeparators };
  const styles = Object.keys(fits) as (keyof typeof fits)[];
  const has = { comma: false, bare: false, fraction: false, pointBehind: false, commaBehind: false };
  for (const row of rows) {
    const cell = row[column] ?? '';
    if (cell.trim() === '') continue;
    for (const style of styles) fits[style] &&= numberIn(cell, style) !== undefined;
    if (styles.every((style) => !fits[style])) return undefined;
    const [comma, point] = [cell.indexOf(','), cell.lastIndexOf('.')];
    has.comma ||= comma >= 0;
    has.bare ||= comma < 0 && /^\s*[+-]?\d+\s*$/.test(cell);
    has.fraction ||= comma < 0 && point >= 0;
    has.pointBehind ||= comma >= 0 && point > comma;
    has.commaBehind ||= point >= 0 && comma > point;
  }
  const canBeDecimal = fits.comma;
  const canBeThousands = fits.commaThousands && (has.pointBehind || !has.fraction);
  const isTurned = fits.pointThousands && has.commaBehind;
  if (!has.comma || !(canBeDecimal || canBeThousands || isTurned)) return undefined;
  return { canBeDecimal, canBeThousands, hasBare: has.bare };
}

/**
 * Undefined where one of the cells is a text, or none is a number.
 *
 * @param isLastFree - the last row of a growing file may be half there: a text in it is no number.
 */
function numbersOf(
  rows: readonly string[][],
  column: number,
  style: NumberStyle,
  isLastFree = false,
): Float64Array | undefined {
  const numbers = new Float64Array(rows.length);
  let hasSome = false;
  for (const [i, row] of rows.entries()) {
    const cell = row[column] ?? '';
    const number = cell.trim() === '' ? Number.NaN : numberIn(cell, style);
    if (number === undefined && !(isLastFree && i === rows.length - 1)) return undefined;
    numbers[i] = number ?? Number.NaN;
    hasSome ||= !Number.isNaN(numbers[i]);
  }
  return hasSome ? numbers : undefined;
}
