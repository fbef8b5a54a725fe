import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';
import { findNamed, show } from './named-place.ts';

/** Key of the step in the browser's history whose place was shown: once, or a text that comes anew would pull the page back. */
let shownStep: string | undefined;

/**
 * Shows what the address names in a text, as soon as the text is there and whenever the address changes: browsers and the
 * router look for it too early, and by its name without the prefix.
 */
export function useNamedPlace(text: RefObject<HTMLElement | null>, isThere: boolean): void {
  const { history } = useRouter();
  useEffect(() => {
    if (!isThere) return undefined;
    const { pathname } = history.location;
    const follow = () => {
      const { location } = history;
      const step = location.state.__TSR_key;
      // The address of the next page comes before that page.
      if (location.pathname !== pathname || location.hash === '' || step === shownStep) return;
      const named = text.current && findNamed(location.hash, text.current);
      if (!named) return;
      shownStep = step;
      show(named);
    };
    follow();
    return history.subscribe(follow);
  }, [history, text, isThere]);
}
