import { type RefObject, useEffect } from 'react';
import type { ListedFile } from './use-files.ts';

/** Scrolls a list to the file that was opened by a link; the page stays where it is. */
export function useRowInSight(
  list: RefObject<HTMLElement | null>,
  open: string | undefined,
  files: readonly ListedFile[],
): void {
  const isThere = files.some(({ name }) => name === open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file was opened.
  useEffect(() => {
    const place = list.current;
    const row = place?.querySelector('[data-open]')?.getBoundingClientRect();
    if (!isThere || !place || !row) return;
    const { top, bottom } = place.getBoundingClientRect();
    const head = place.querySelector('thead')?.clientHeight ?? 0;
    if (row.bottom > bottom) place.scrollTop += row.bottom - bottom;
    else if (row.top < top + head) place.scrollTop -= top + head - row.top;
  }, [list, open, isThere]);
}
