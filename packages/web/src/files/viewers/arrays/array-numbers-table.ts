import type { Table } from '../table/parse-table.ts';
import { type ArrayNumbers, lengthOf, type Selection, type Stretch } from './nd-array.ts';
import { numberText } from './number-text.ts';

/** Numbers, and which part of their array they are. */
export interface NumbersOfPart {
  readonly numbers: ArrayNumbers;
  readonly selection: Selection;
  /** Of the array's elements, for people: `float64`. */
  readonly type: string;
}

/** Numbers of an array as a table: rows and columns are counted as in the array, from 0. */
export function arrayTable({ numbers, selection, type }: NumbersOfPart): Table {
  const { real, imaginary, whole } = numbers;
  const along = selection.flatMap((part, dimension) =>
    typeof part === 'object' ? [{ ...part, dimension }] : [],
  );
  const [rows, columns] = along;
  const width = columns ? lengthOf(columns) : 1;
  const index = (part: Stretch | undefined, i: number) => String(part ? part.start + i * part.step : i);
  return {
    columns: Array.from({ length: width }, (_, i) => ({
      name: columns ? index(columns, i) : 'value',
      numbers: real.subarray(0, 0),
    })),
    rowCount: rows ? lengthOf(rows) : 1,
    rowsName: rows && columns ? `dim ${rows.dimension} ↓ dim ${columns.dimension} →` : 'index',
    rowsHint: 'Counted from 0, as in NumPy',
    rowName: (row) => index(rows, row),
    cell(row, column) {
      const at = row * width + column;
      // A whole number that is missing is NaN only there.
      if (!imaginary) return numberText(Number.isNaN(real[at]) ? real[at] : (whole?.[at] ?? real[at]), type);
      const im = imaginary[at] ?? 0;
      return `${numberText(real[at], type)} ${im < 0 ? '−' : '+'} ${numberText(Math.abs(im), type)}i`;
    },
  };
}
