import { type RefObject, useEffect } from 'react';

/** h5web's markup says two things to screen readers that they can't take; this puts them right as they come. */
export function useMendedRoles(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const mend = () => {
      for (const tab of box.querySelectorAll('[role=tab]')) {
        // Tabs stand in a list of tabs.
        if (!tab.closest('[role=tablist]')) tab.parentElement?.setAttribute('role', 'tablist');
        // They are selected, not checked.
        const checked = tab.getAttribute('aria-checked');
        if (checked === null) continue;
        tab.removeAttribute('aria-checked');
        tab.setAttribute('aria-selected', checked);
      }
    };
    mend();
    const observer = new MutationObserver(mend);
    observer.observe(box, { subtree: true, childList: true, attributeFilter: ['aria-checked'] });
    return () => observer.disconnect();
  }, [place]);
}
