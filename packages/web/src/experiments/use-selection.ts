import { useState } from 'react';

/** Which rows of a list are chosen. */
export interface Selection<Row> {
  /** Those of other pages as they were seen last. */
  readonly chosen: readonly Row[];
  /** Of this page. */
  readonly uuids: ReadonlySet<string>;
  /** Chooses a row, or no longer; with `isRange`, all rows between it and the one before too. */
  toggle(uuid: string, isRange?: boolean): void;
  /** All of this page, or none of it. */
  toggleAll(): void;
  /** What becomes of rows that are not seen now. */
  change(edit: (row: Row) => Row): void;
  clear(): void;
}

interface Kept<Row> {
  readonly row: Row;
  readonly list: string;
  readonly page: number;
}

/**
 * Keeps which rows are chosen while pages of one list are turned; those that leave their page are chosen no longer.
 *
 * @param list - the same for all pages of a list.
 */
export function useSelection<Row extends { readonly uuid: string }>(
  rows: readonly Row[],
  list: string,
  page: number,
): Selection<Row> {
  const [kept, setKept] = useState<readonly Kept<Row>[]>([]);
  const [anchor, setAnchor] = useState<string>();
  const onPage = new Set(rows.map(({ uuid }) => uuid));
  const elsewhere = kept.filter(
    (each) => each.list === list && each.page !== page && !onPage.has(each.row.uuid),
  );
  const known = new Set(kept.map(({ row }) => row.uuid));
  const here = rows.filter(({ uuid }) => known.has(uuid));
  const uuids = new Set(here.map(({ uuid }) => uuid));
  const choose = (wanted: ReadonlySet<string>) => {
    const chosen = rows.filter(({ uuid }) => wanted.has(uuid));
    setKept([...elsewhere, ...chosen.map((row) => ({ row, list, page }))]);
  };
  return {
    chosen: [...elsewhere.map(({ row }) => row), ...here],
    uuids,
    toggle(uuid, isRange = false) {
      const wanted = new Set(uuids);
      for (const each of isRange ? between(rows, anchor, uuid) : [uuid]) {
        if (uuids.has(uuid)) wanted.delete(each);
        else wanted.add(each);
      }
      choose(wanted);
      setAnchor(uuid);
    },
    toggleAll: () => choose(uuids.size === rows.length ? new Set() : onPage),
    change: (edit) => setKept((now) => now.map((each) => ({ ...each, row: edit(each.row) }))),
    clear: () => setKept([]),
  };
}

function between(rows: readonly { uuid: string }[], anchor: string | undefined, uuid: string): string[] {
  const end = rows.findIndex((row) => row.uuid === uuid);
  const start = rows.findIndex((row) => row.uuid === anchor);
  if (start < 0) return [uuid];
  return rows.slice(Math.min(start, end), Math.max(start, end) + 1).map((row) => row.uuid);
}
