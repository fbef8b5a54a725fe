import Papa from 'papaparse';

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
  /** What is not as it should be, in words. */
  readonly note?: string;
}

const MOST_COLUMNS = 500;
/** A number as programs write it, with a point. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(inf(inity)?|nan)$/i;
/** As people of half the world write it. */
const COMMA_NUMBER = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;

/**
 * Reads separated values. The separator is found out, lines that begin with # are left out, and the first row is taken
 * for the names where it does not look like data.
 */
export function parseTable(text: string, fileName: string): Table {
  const { data, meta } = Papa.parse<string[]>(text, {
    comments: '#',
    skipEmptyLines: 'greedy',
    delimiter: /\.dat$/i.test(fileName) && !/[,;\t]/.test(text.slice(0, 2000)) ? ' ' : '',
    delimitersToGuess: [',', '\t', ';', '|'],
  });
  const rows = meta.delimiter === ' ' ? data.map((row) => row.filter((cell) => cell !== '')) : data;
  const [first] = rows;
  if (!first) return { columns: [], rowCount: 0, cell: () => '' };
  // Where commas separate, they are no decimal points.
  const read = meta.delimiter === ',' ? pointNumber : anyNumber;
  const hasNames = first.some((cell) => cell.trim() !== '' && read(cell) === undefined);
  const body = hasNames ? rows.slice(1) : rows;
  const width = Math.min(MOST_COLUMNS, Math.max(first.length, body[0]?.length ?? 0));
  const columns = Array.from({ length: width }, (_, i): Column => {
    const name = hasNames ? first[i]?.trim() : undefined;
    return { name: name || `Column ${i + 1}`, numbers: numbersOf(body, i, read) };
  });
  const isCut = (meta.cursor ?? 0) > 0 && first.length > MOST_COLUMNS;
  return {
    columns: withUniqueNames(columns),
    rowCount: body.length,
    cell: (row, column) => body[row]?.[column] ?? '',
    ...(isCut ? { note: `of ${first.length} columns, the first ${MOST_COLUMNS} are shown` } : {}),
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

function pointNumber(cell: string): number | undefined {
  const text = cell.trim();
  if (!NUMBER.test(text)) return undefined;
  // Number() knows the infinite by its whole name only; and what is not finite is no point.
  const number = Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

function anyNumber(cell: string): number | undefined {
  const text = cell.trim();
  return COMMA_NUMBER.test(text) ? Number(text.replace(',', '.')) : pointNumber(text);
}

function withUniqueNames(columns: readonly Column[]): Column[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const times = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, times);
    return times > 1 ? { ...column, name: `${column.name} (${times})` } : column;
  });
}
