import 'katex/dist/katex.min.css';
import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';

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
    katex.render(tex, place.current, {
      displayMode: isDisplayed,
      throwOnError: false,
      strict: 'ignore',
      trust: false,
      // Bounds for what is written to be slow or enormous.
      maxExpand: 200,
      maxSize: 20,
    });
  }, [tex, isDisplayed]);
  return <span ref={place} />;
}
