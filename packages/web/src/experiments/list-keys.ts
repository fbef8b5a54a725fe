import { focusedUuid, rowKeys } from '../ui/row-keys.ts';
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
  ['c', 'Compare the chosen ones'],
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
  compare(): void;
  create(): void;
  turnPage(by: 1 | -1): void;
  clear(): void;
  help(): void;
}

/** Lets a list be worked by keys alone. */
export function useListKeys(actions: ListActions): void {
  const withRow = (act: (uuid: string) => void) => () => {
    const uuid = focusedUuid();
    if (uuid !== undefined) act(uuid);
  };
  useKeys({
    '/': actions.search,
    ...rowKeys,
    x: withRow((uuid) => actions.toggle(uuid, false)),
    X: withRow((uuid) => actions.toggle(uuid, true)),
    s: withRow(actions.star),
    t: () => actions.tag(focusedUuid()),
    e: () => actions.archive(focusedUuid()),
    c: actions.compare,
    n: actions.create,
    '[': () => actions.turnPage(-1),
    ']': () => actions.turnPage(1),
    Escape: actions.clear,
    '?': actions.help,
  });
}
