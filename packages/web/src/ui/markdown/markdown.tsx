import { lazy, Suspense } from 'react';
import type { LinkTarget } from './link-target.ts';

/** Its libraries are as large as the rest of a page. */
const Rendered = lazy(async () => ({ default: (await import('./rendered-markdown.tsx')).RenderedMarkdown }));

export interface MarkdownProps {
  readonly text: string;
  /** What a relative link means; undefined where it means nothing. */
  readonly resolve: (link: string) => LinkTarget | undefined;
}

/** Markdown as GitHub understands it, with formulas. Nothing in it can run or reach another host. */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={null}>
      <Rendered {...props} />
    </Suspense>
  );
}
