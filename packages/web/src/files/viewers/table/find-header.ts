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
 * than those of the table.
 *
 * @param read - undefined where a cell is no number.
 */
export function findHeader(
  rows: readonly string[][],
  read: (cell: string) => number | undefined,
): TableParts {
  const isNames = (row: readonly string[] | undefined) =>
    row?.some((cell) => cell.trim() !== '' && read(cell) === undefined) ?? false;
  const isOfNumbers = (row: readonly string[] | undefined) =>
    row?.some((cell) => read(cell) !== undefined) ?? false;
  const width = usualWidth(rows);
  const first = rows.slice(0, MOST_BEFORE).findIndex((row) => row.length >= width);
  // Where names are fewer than columns, as R writes them, the first row is no preamble.
  const isAbout = first > 0 && isNames(rows[first]) && isOfNumbers(rows[first + 1]);
  const isAboutBareData = first > 1 && !isNames(rows[first]);
  const before = isAbout || isAboutBareData ? first : 0;
  const hasNames = isNames(rows[before]);
  return {
    names: hasNames ? rows[before] : undefined,
    body: rows.slice(before + (hasNames ? 1 : 0)),
    before,
  };
}

/** How many cells most rows have. */
function usualWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows.slice(0, SAMPLE)) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [usual, most] = [0, 0];
  for (const [width, count] of counts) if (count > most) [usual, most] = [width, count];
  return usual;
}
