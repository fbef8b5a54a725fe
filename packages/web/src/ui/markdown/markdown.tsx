import { lazy, Suspense } from 'react';
import type { LinkTarget } from './link-target.ts';

/**
 * Begins to load the libraries for Markdown, which are as large as the rest of a page: for pages that will need them.
 */
export const loadMarkdown = () => import('./rendered-markdown.tsx');

const Rendered = lazy(async () => ({ default: (await loadMarkdown()).RenderedMarkdown }));

export interface MarkdownProps {
  readonly text: string;
  /** What a relative link means; undefined where it means nothing. */
  readonly resolve: (link: string) => LinkTarget | undefined;
  /** Of its largest headings: 3 where the text stands in a section of a page, below the section's. */
  readonly firstLevel?: 1 | 3;
}

/** Markdown as GitHub understands it, with formulas. Nothing in it can run or reach another host. */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={null}>
      <Rendered {...props} />
    </Suspense>
  );
}
