import { useKeys } from '../ui/use-keys.ts';

/** What the keys of a list do, for its help. */
export const LIST_KEYS = [
  ['/', 'Search'],
  ['j k', 'Next and previous experiment'],
  ['Enter', 'Open it'],
  ['x', 'Choose it; with Shift all up to it'],
  ['s', 'Favourite, or no longer'],
  ['t', 'Tags of the chosen ones, or of this one'],
  ['e', 'Archive the chosen ones or this one, or take them back'],
  ['n', 'New experiment'],
  ['[ ]', 'Previous and next page'],
  ['Esc', 'Choose none'],
  ['?', 'This help'],
] as const;

/** What a list does for its keys; the uuid is that of the row with the focus. */
export interface ListActions {
  search(): void;
  toggle(uuid: string, isRange: boolean): void;
  star(uuid: string): void;
  tag(uuid: string | undefined): void;
  archive(uuid: string | undefined): void;
  create(): void;
  turnPage(by: 1 | -1): void;
  clear(): void;
  help(): void;
}

/** Lets a list be worked by keys alone. The row that they mean is the one with the focus, so it is read aloud too. */
export function useListKeys(actions: ListActions): void {
  const move = (by: 1 | -1) => () => {
    const rows = [...document.querySelectorAll<HTMLElement>('tr[data-uuid]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next =
      rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
    next?.querySelector('a')?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  };
  const withRow = (act: (uuid: string) => void) => () => {
    const uuid = focusedUuid();
    if (uuid !== undefined) act(uuid);
  };
  useKeys({
    '/': actions.search,
    j: move(1),
    ArrowDown: move(1),
    k: move(-1),
    ArrowUp: move(-1),
    x: withRow((uuid) => actions.toggle(uuid, false)),
    X: withRow((uuid) => actions.toggle(uuid, true)),
    s: withRow(actions.star),
    t: () => actions.tag(focusedUuid()),
    e: () => actions.archive(focusedUuid()),
    n: actions.create,
    '[': () => actions.turnPage(-1),
    ']': () => actions.turnPage(1),
    Escape: actions.clear,
    '?': actions.help,
  });
}

function focusedUuid(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('tr[data-uuid]')?.dataset.uuid;
}
