import type { Keys } from './use-keys.ts';

/** Walks through the rows of a list. The row that keys mean is the one with the focus, so it is read aloud too. */
export const rowKeys: Keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
};

/** Where the focus came to last, by keys: its row may leave the list, and take the focus with it. */
let last: { readonly address: string; readonly uuid: string | undefined; readonly at: number } | undefined;

/** The uuid of the row with the focus. */
export function focusedUuid(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('tr[data-uuid]')?.dataset.uuid;
}

function move(by: 1 | -1): void {
  const rows = allRows();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  focusRow(at < 0 ? placeWithoutFocus(rows, by) : at + by);
}

/** Gives the focus to the row in a place of the list, or the nearest one; where there is none, to the page's content. */
export function focusRow(wanted: number): void {
  const rows = allRows();
  if (rows.length === 0) document.getElementById('content')?.focus({ preventScroll: true });
  const index = Math.min(Math.max(wanted, 0), rows.length - 1);
  const next = rows[index];
  last = next && { address: location.href, uuid: next.dataset.uuid, at: index };
  next?.querySelector('a')?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

function allRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('tr[data-uuid]')];
}

/** In the place of the row that has gone from the list, or at the beginning or the end. */
function placeWithoutFocus(rows: readonly HTMLElement[], by: 1 | -1): number {
  const isGone = last?.address === location.href && rows.every((row) => row.dataset.uuid !== last?.uuid);
  if (last && isGone) return by > 0 ? last.at : last.at - 1;
  return by > 0 ? 0 : rows.length - 1;
}
