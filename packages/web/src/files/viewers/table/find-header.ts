import { findData, kindsBy, type LookedAt, lookAt } from './find-data.ts';
import { isInBrackets, unitIn } from './unit-text.ts';

/** Where the names of the columns and the data of a table are among its rows. */
export interface TableParts {
  /** With their units; undefined where the columns have no names. */
  readonly names: readonly string[] | undefined;
  readonly body: readonly string[][];
  /** Rows that stand before the data and are neither names nor units: about the instrument, the day. */
  readonly before: number;
}

/**
 * Finds the names of columns: they are what is no data. Data begins with the first row that is like most rows. Instruments
 * write some rows of their own first, and units below the names. Names may be one fewer than the columns, too: R writes none
 * above the names of the rows, which come first, and other programs end rows of data with a separator.
 *
 * @param read - undefined where a cell is no number; NaN where it says that there is none.
 */
export function findHeader(
  rows: readonly string[][],
  read: (cell: string) => number | undefined,
): TableParts {
  const looked = lookAt(rows, kindsBy(read));
  const start = findData(looked);
  const [first = []] = rows;
  const hasWords = first.some((cell) => looked.kindOf(cell) === 'text' || looked.kindOf(cell) === 'date');
  if (start === undefined || start === 0) {
    const areNames = start === 0 && looked.isTyped ? areCounted(rows) : hasWords;
    return { names: areNames ? first : undefined, body: rows.slice(areNames ? 1 : 0), before: 0 };
  }
  const body = rows.slice(start);
  const unitsAt = [start - 1, start - 2].find((at) => areUnits(at, looked));
  if (unitsAt !== undefined) {
    const [names = [], units = []] = [rows[unitsAt - 1], rows[unitsAt]];
    return { names: names.map((name, i) => withUnit(name, units[i])), body, before: start - 2 };
  }
  // What stands alone above the data is about its columns.
  const names = namesAt(start - 1, looked) ?? (start === 1 && hasWords ? first : undefined);
  return { names, body, before: names ? start - 1 : start };
}

/** As pandas calls columns without names: from 0 on, above numbered rows. */
function areCounted([first = [], second]: readonly string[][]): boolean {
  const [corner = '', ...names] = first;
  return (
    corner.trim() === '' &&
    names.length > 0 &&
    names.every((name, i) => name.trim() === String(i)) &&
    (second?.[0] ?? '').trim() !== ''
  );
}

/** The names that a row above the data has for each column; undefined where it has none. */
function namesAt(at: number, { rows, width, kindOf }: LookedAt): readonly string[] | undefined {
  const [row = [], above] = [rows[at], rows[at - 1]];
  const kinds = row.map(kindOf);
  if (!kinds.includes('text') || (kinds.includes('date') && above)) return undefined;
  // Names may be numbers, as in `wavelength,300,350`, but for that of the first column; rows about the instrument are as
  // long as each other.
  if (kinds.includes('number') && (kinds[0] !== 'text' || above?.length === row.length)) return undefined;
  if (row.length >= width) return row;
  if (row.length < width - 1 || kinds.includes('number')) return undefined;
  if (rows.every((cells) => kindOf(cells[width - 1]) === 'empty')) return row;
  // Of several rows, the last may be about the instrument, too.
  return above ? undefined : ['', ...row];
}

/** A row has nothing but units, below one with names for each. */
function areUnits(at: number, { rows, kindOf, usual, width }: LookedAt): boolean {
  const [names, units, above] = [rows[at - 1], rows[at], rows[at - 2]];
  if (!names || !units || names.length < Math.min(units.length, width - 1)) return false;
  const texts = units.filter((cell) => kindOf(cell) === 'text');
  const namesOf = names.map(kindOf);
  return (
    texts.length > 0 &&
    texts.every((cell) => unitIn(cell) !== undefined) &&
    // Letters may be names as well, below pairs of words about the instrument.
    (texts.every(isInBrackets) || above?.length !== names.length) &&
    namesOf.includes('text') &&
    !namesOf.includes('date') &&
    names.some((cell) => kindOf(cell) === 'text' && unitIn(cell) === undefined) &&
    units.every(
      (cell, i) =>
        kindOf(cell) === 'empty' ||
        (namesOf[i] !== undefined &&
          namesOf[i] !== 'empty' &&
          (kindOf(cell) === 'text' || usual[i] === 'empty')),
    )
  );
}

function withUnit(name: string, unit = ''): string {
  const text = unitIn(unit) ?? unit.trim();
  return text === '' || name.trim() === '' ? name : `${name.trim()} (${text})`;
}
