import 'katex/dist/katex.min.css';
import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';

/** Characters of a formula; longer ones are shown as they were written. */
const LONGEST = 5000;
const SHOWN = 500;

interface FormulaProps {
  readonly tex: string;
  /** On lines of its own. */
  readonly isDisplayed: boolean;
}

/**
 * A formula. KaTeX builds elements and sets their styles one by one; as text with `style="…"`, which rehype-katex makes,
 * the page's policy would refuse them.
 */
export function Formula({ tex, isDisplayed }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!place.current) return;
    try {
      if (tex.length > LONGEST) throw new RangeError('The formula is too long.');
      katex.render(tex, place.current, {
        displayMode: isDisplayed,
        throwOnError: false,
        strict: 'ignore',
        trust: false,
        // Bounds for what is written to be slow or enormous.
        maxExpand: 200,
        maxSize: 20,
      });
    } catch {
      // Of what is too long or too deep, the beginning says enough.
      place.current.textContent = tex.slice(0, SHOWN);
    }
  }, [tex, isDisplayed]);
  return <span ref={place} />;
}
