import type { Column } from './parse-table.ts';

/**
 * What the others were measured over: the first column, if it is one of numbers or times and not alone. Words there say that
 * nothing is known of it.
 *
 * @param rows - what stands for the numbers of the rows.
 */
export function defaultX(columns: readonly Column[], rows: string): string {
  const [first, ...others] = columns;
  const isMeasured = first?.numbers ?? first?.times;
  return first && isMeasured && others.some(({ numbers }) => numbers) ? first.name : rows;
}
