import type { Keys } from './use-keys.ts';

/** Walks through the rows of a list. The row that keys mean is the one with the focus, so it is read aloud too. */
export const rowKeys: Keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
};

/** The uuid of the row with the focus. */
export function focusedUuid(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('tr[data-uuid]')?.dataset.uuid;
}

function move(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('tr[data-uuid]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next =
    rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector('a')?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
