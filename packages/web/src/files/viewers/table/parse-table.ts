import Papa from 'papaparse';
import { countOf } from '../../../ui/count-of.ts';
import { anyNumber, pointNumber } from './cell-numbers.ts';
import { findHeader } from './find-header.ts';
import { separatorOf } from './separator.ts';

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** One number for each row, NaN where there is none; undefined for a column of texts. */
  readonly numbers: Float64Array | undefined;
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

const MOST_COLUMNS = 500;
/**
 * Reads separated values. The separator is found out, lines that begin with # are left out, and so is what an instrument
 * writes before the names; the first row is taken for those where it does not look like data.
 */
export function parseTable(text: string, fileName: string): Table {
  const { data, meta } = Papa.parse<string[]>(text, {
    comments: '#',
    skipEmptyLines: 'greedy',
    delimiter: separatorOf(text, fileName) ?? '',
    delimitersToGuess: [',', '\t', ';', '|'],
  });
  const rows = meta.delimiter === ' ' ? data.map((row) => row.filter((cell) => cell !== '')) : data;
  // Where commas separate, they are no decimal points.
  const read = meta.delimiter === ',' ? pointNumber : anyNumber;
  const { names, body, before } = findHeader(rows, read);
  const width = body.reduce((most, { length }) => Math.max(most, length), names?.length ?? 0);
  const columns = Array.from({ length: Math.min(MOST_COLUMNS, width) }, (_, i): Column => {
    return { name: names?.[i]?.trim() || `Column ${i + 1}`, numbers: numbersOf(body, i, read) };
  });
  const notes = [
    ...(before > 0
      ? [`${countOf(before, 'row')} before the table ${before === 1 ? 'is' : 'are'} left out`]
      : []),
    ...(width > MOST_COLUMNS ? [`of ${width} columns, the first ${MOST_COLUMNS} are shown`] : []),
  ];
  return {
    columns: withUniqueNames(columns),
    rowCount: body.length,
    cell: (row, column) => body[row]?.[column] ?? '',
    ...(notes.length > 0 ? { note: notes.join(' · ') } : {}),
  };
}

/** Undefined where one of the cells is a text, or all are empty. */
function numbersOf(
  rows: readonly string[][],
  column: number,
  read: (cell: string) => number | undefined,
): Float64Array | undefined {
  const numbers = new Float64Array(rows.length);
  let hasSome = false;
  for (const [i, row] of rows.entries()) {
    const cell = row[column] ?? '';
    const number = cell.trim() === '' ? Number.NaN : read(cell);
    // The last row of a growing file may be half there.
    if (number === undefined && i < rows.length - 1) return undefined;
    numbers[i] = number ?? Number.NaN;
    hasSome ||= !Number.isNaN(numbers[i]);
  }
  return hasSome ? numbers : undefined;
}

function withUniqueNames(columns: readonly Column[]): Column[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const times = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, times);
    return times > 1 ? { ...column, name: `${column.name} (${times})` } : column;
  });
}
