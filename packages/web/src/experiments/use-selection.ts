import { useState } from 'react';

/** Which rows of a page are chosen. */
export interface Selection {
  readonly uuids: ReadonlySet<string>;
  /** Chooses a row, or no longer; with `isRange`, all rows between it and the one before too. */
  toggle(uuid: string, isRange?: boolean): void;
  toggleAll(): void;
  clear(): void;
}

/** Keeps which of these rows are chosen; those that leave the page are chosen no longer. */
export function useSelection(rows: readonly { readonly uuid: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string>();
  const present = rows.filter(({ uuid }) => chosen.has(uuid)).map(({ uuid }) => uuid);
  const uuids = new Set(present);
  return {
    uuids,
    toggle(uuid, isRange = false) {
      const isWanted = !uuids.has(uuid);
      for (const each of isRange ? between(rows, anchor, uuid) : [uuid]) {
        if (isWanted) uuids.add(each);
        else uuids.delete(each);
      }
      setChosen(new Set(uuids));
      setAnchor(uuid);
    },
    toggleAll: () => setChosen(new Set(uuids.size === rows.length ? [] : rows.map(({ uuid }) => uuid))),
    clear: () => setChosen(new Set()),
  };
}

function between(rows: readonly { uuid: string }[], anchor: string | undefined, uuid: string): string[] {
  const end = rows.findIndex((row) => row.uuid === uuid);
  const start = rows.findIndex((row) => row.uuid === anchor);
  if (start < 0) return [uuid];
  return rows.slice(Math.min(start, end), Math.max(start, end) + 1).map((row) => row.uuid);
}
