import type uPlot from 'uplot';
import type { Table } from './parse-table.ts';

/** In the place of a column: the rows, counted from 1. */
export const ROW_NUMBER = '(row number)';

interface Scales {
  readonly isLogX: boolean;
  readonly isLogY: boolean;
}

/**
 * The numbers to plot: x first, then each y; sorted by x, for the plot finds what is under the cursor by halving. What a
 * logarithmic axis can't show is left out.
 */
export function plotData(
  table: Table,
  x: string,
  y: readonly string[],
  { isLogX, isLogY }: Scales,
): uPlot.AlignedData {
  const numbers = (name: string) => table.columns.find((column) => column.name === name)?.numbers;
  const xs = numbers(x) ?? Float64Array.from({ length: table.rowCount }, (_, i) => i + 1);
  const order: number[] = [];
  let isSorted = true;
  for (let i = 0; i < xs.length; i += 1) {
    const value = xs[i] as number;
    if (Number.isNaN(value) || (isLogX && value <= 0)) continue;
    if (order.length > 0 && value < (xs[order.at(-1) as number] as number)) isSorted = false;
    order.push(i);
  }
  if (!isSorted) order.sort((a, b) => (xs[a] as number) - (xs[b] as number));
  const columns = y.map((name) => {
    const values = numbers(name) ?? [];
    return order.map((i) => {
      const value = values[i] as number;
      return Number.isNaN(value) || (isLogY && value <= 0) ? null : value;
    });
  });
  return [order.map((i) => xs[i] as number), ...columns];
}
