/** Rows that are looked at for how many cells most have. */
const SAMPLE = 1000;
/** Rows before the names; of more, nobody would say that they are about the table. */
const MOST_BEFORE = 200;

/** Where the names of the columns and the data of a table are among its rows. */
export interface TableParts {
  /** Undefined where the columns have no names. */
  readonly names: readonly string[] | undefined;
  readonly body: readonly string[][];
  /** Rows that stand before the names: about the instrument, the day. */
  readonly before: number;
}

/**
 * Finds the names of columns: they are what is no data. Instruments write some rows of their own first, which are shorter
 * than those of the table. Names may be one fewer than the columns, too: R writes none above the names of the rows, which
 * come first, and other programs end rows of data with a separator.
 *
 * @param read - undefined where a cell is no number.
 */
export function findHeader(
  rows: readonly string[][],
  read: (cell: string) => number | undefined,
): TableParts {
  const isNumber = (cell = '') => read(cell) !== undefined;
  const isText = (cell = '') => cell.trim() !== '' && !isNumber(cell);
  // Names may be numbers, as in `wavelength,300,350`, but for that of the first column. Data may have texts, too, but in the
  // first column below each other.
  const areNames = (row: readonly string[], next: readonly string[] = []) =>
    row.some(isText) && next.some(isNumber) && (!row.some(isNumber) || (isText(row[0]) && isNumber(next[0])));
  const width = usualWidth(rows);
  const first = rows.slice(0, MOST_BEFORE).findIndex(({ length }) => length >= width);
  const [above = [], row = []] = [rows[first - 1], rows[first]];
  const areHere = first > 0 && areNames(row, rows[first + 1]);
  const mayBeAbove = !areHere && above.length === width - 1 && above.some(isText) && !above.some(isNumber);
  const isLastEmpty = mayBeAbove && rows.every((cells) => (cells[width - 1] ?? '').trim() === '');
  // Of several rows, the last may be about the instrument, too.
  const areAbove = mayBeAbove && (first === 1 || isLastEmpty);
  const isAboutBareData = first > 1 && !row.some(isText);
  const before = areAbove ? first - 1 : areHere || isAboutBareData ? first : 0;
  const names = rows[before]?.some(isText) ? rows[before] : undefined;
  return {
    names: names && areAbove && !isLastEmpty ? ['', ...names] : names,
    body: rows.slice(before + (names ? 1 : 0)),
    before,
  };
}

/** How many cells most rows have; of two rows, the second is the data. */
function usualWidth(rows: readonly string[][]): number {
  if (rows.length === 2) return rows[1]?.length ?? 0;
  const counts = new Map<number, number>();
  for (const { length } of rows.slice(0, SAMPLE)) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [usual, most] = [0, 0];
  for (const [width, count] of counts) if (count > most) [usual, most] = [width, count];
  return usual;
}
