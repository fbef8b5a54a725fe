import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Scheme } from './plot-look.ts';

/** The colours of what is drawn: those of the page, and on paper those of the light one. */
export function useInkScheme(): Scheme {
  const ofPage = useComputedColorScheme();
  return usePrinting() ? 'light' : ofPage;
}

/**
 * Whether the page is being printed, or looks as if. The events tell it where a copy of the page is printed, as in Firefox;
 * the media query where the page itself is only seen as on paper.
 */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // What is drawn any later is not on the paper.
    const tell = (is: boolean) => flushSync(() => setPrinting(is));
    const paper = matchMedia('print');
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('beforeprint', () => tell(true), { signal });
    addEventListener('afterprint', () => tell(false), { signal });
    paper.addEventListener('change', () => tell(paper.matches), { signal });
    return () => listening.abort();
  }, []);
  return isPrinting;
}
