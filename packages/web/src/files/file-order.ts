import type { ListedFile } from './use-files.ts';

export type FileColumn = 'name' | 'size' | 'modifiedAt';

/** How a list of files is sorted. */
export interface FileOrder {
  readonly column: FileColumn;
  readonly isDescending: boolean;
}

export const NEWEST_FIRST: FileOrder = { column: 'modifiedAt', isDescending: true };

/** People count `run-2` before `run-10`. */
export const byName = new Intl.Collator(undefined, { numeric: true }).compare;

/** The order after a click on a column's head: names from A on first, sizes and dates from their greatest. */
export function nextOrder(order: FileOrder, column: FileColumn): FileOrder {
  if (order.column === column) return { column, isDescending: !order.isDescending };
  return { column, isDescending: column !== 'name' };
}

/** A sorted copy; what is equal is sorted by name. */
export function sortFiles(files: readonly ListedFile[], { column, isDescending }: FileOrder): ListedFile[] {
  const sign = isDescending ? -1 : 1;
  return files.toSorted((a, b) => {
    if (column === 'name') return sign * byName(a.name, b.name);
    return sign * (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0) || byName(a.name, b.name);
  });
}
