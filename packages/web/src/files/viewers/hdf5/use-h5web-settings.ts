import { type RefObject, useEffect, useState } from 'react';
import { useViewerSettings } from '../use-viewer-settings.ts';

/** Where h5web keeps the way of drawing that a person chose last. */
const PREFERRED = 'h5web:preferredVis';

/**
 * Keeps in the address what h5web shows: the path and the way of drawing. It takes and tells neither, so the latter goes
 * through its own memory, and both are read where it says them to screen readers.
 *
 * @returns the path to begin with.
 */
export function useH5webSettings(place: RefObject<HTMLElement | null>): string {
  const [{ path, look }, change] = useViewerSettings();
  const [first] = useState(() => {
    // Before it draws for the first time.
    if (look !== undefined) localStorage.setItem(PREFERRED, JSON.stringify(look));
    return path ?? '/';
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` is another each time, and does the same.
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const observer = new MutationObserver(() => {
      const chosen = box.querySelector<HTMLElement>('[role=treeitem][aria-selected=true]')?.dataset.path;
      const drawn = box.querySelector('[aria-label=Visualization] [aria-selected=true]')?.textContent;
      if (chosen === undefined) return;
      change({ path: chosen === '/' ? undefined : chosen, look: drawn ?? undefined });
    });
    observer.observe(box, { subtree: true, childList: true, attributeFilter: ['aria-selected'] });
    return () => observer.disconnect();
  }, [place]);
  return first;
}
