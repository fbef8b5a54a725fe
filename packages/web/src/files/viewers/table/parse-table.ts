import Papa from 'papaparse';
import { countOf } from '../../../ui/count-of.ts';
import { anyNumber, pointNumber } from './cell-numbers.ts';
import { columnNumbers } from './column-numbers.ts';
import { type ColumnTimes, columnTimes } from './column-times.ts';
import { findHeader } from './find-header.ts';
import { separatorOf } from './separator.ts';
import { uniqueNames } from './unique-names.ts';

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** One number for each row, NaN where there is none; undefined for a column of texts. */
  readonly numbers: Float64Array | undefined;
  /** Of a column of times; its numbers are undefined. */
  readonly times?: ColumnTimes | undefined;
}

/** A table as it stands in a file of separated values. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The text of a cell; empty where the row is shorter. */
  cell(row: number, column: number): string;
  /** What a row is called, where not by its place from 1. */
  rowName?(row: number): string;
  /** Above the names of the rows, where those are not places from 1; and what is to be known of them. */
  readonly rowsName?: string;
  readonly rowsHint?: string;
  /** What is not as it should be, in words. */
  readonly note?: string;
}

/** In the place of a column: the rows, counted from 1. No column is called so. */
export const ROW_NUMBER = '(row number)';

const MOST_COLUMNS = 500;
/** As Excel is told which separator a file has. */
const SEPARATOR_LINE = /^sep=(.)\n/i;

/**
 * Reads separated values. The separator is found out, lines that begin with # are left out, and so is what an instrument
 * writes before the names; the first row is taken for those where it does not look like data.
 */
export function parseTable(text: string, fileName: string): Table {
  // Where lines end in two ways, as after somebody else went on with a file, Papa would take one for all.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const told = SEPARATOR_LINE.exec(lines);
  const content = told ? lines.slice(told[0].length) : lines;
  const { data, meta } = Papa.parse<string[]>(content, {
    comments: '#',
    newline: '\n',
    skipEmptyLines: true,
    delimiter: told?.[1] ?? separatorOf(content, fileName) ?? '',
    delimitersToGuess: [',', '\t', ';', '|'],
  });
  const cells = meta.delimiter === ' ' ? data.map((row) => row.filter((cell) => cell !== '')) : data;
  const rows = cells.filter((row) => row.length > 1 || !isBlank(row));
  const areCommasSeparators = meta.delimiter === ',';
  const found = findHeader(
    rows.filter((row) => !isBlank(row)),
    areCommasSeparators ? pointNumber : anyNumber,
  );
  const { names, before } = found;
  const body = withBlanks(found.body, rows);
  const width = body.reduce((most, { length }) => Math.max(most, length), names?.length ?? 0);
  const shown = Math.min(MOST_COLUMNS, width);
  const { numbers, thousands, doubtful } = columnNumbers(body, shown, areCommasSeparators);
  const unique = uniqueNames(
    Array.from({ length: shown }, (_, i) => names?.[i]?.trim() || `Column ${i + 1}`),
    [ROW_NUMBER],
  );
  const namesOf = (columns: readonly number[]) => columns.map((i) => `“${unique[i]}”`).join(', ');
  const notes = [
    before > 0 && `${countOf(before, 'row')} before the table ${before === 1 ? 'is' : 'are'} left out`,
    thousands.length > 0 && `commas in ${namesOf(thousands)} are read as those between thousands`,
    doubtful.length > 0 && `commas in ${namesOf(doubtful)} are read as decimal points`,
    width > MOST_COLUMNS && `of ${width} columns, the first ${MOST_COLUMNS} are shown`,
  ].filter((note) => note !== false);
  return {
    columns: unique.map((name, i) => ({
      name,
      numbers: numbers[i],
      times: numbers[i] ? undefined : columnTimes(body, i),
    })),
    rowCount: body.length,
    cell: (row, column) => body[row]?.[column] ?? '',
    ...(notes.length > 0 ? { note: notes.join(' · ') } : {}),
  };
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

/** The rows from the first of some to the last of them, among all: those of separators alone are readings that failed. */
function withBlanks(some: readonly string[][], all: readonly string[][]): readonly string[][] {
  const [first, last] = [some[0], some.at(-1)];
  return first && last ? all.slice(all.indexOf(first), all.lastIndexOf(last) + 1) : some;
}
