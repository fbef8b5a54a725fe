import { lazyComponent } from '../lazy-component.ts';
import type { LinkTarget } from './link-target.ts';

export interface MarkdownProps {
  readonly text: string;
  /** What a relative link means; undefined where it means nothing. */
  readonly resolve: (link: string) => LinkTarget | undefined;
  /** Of its largest headings: 3 where the text stands in a section of a page, below the section's. */
  readonly firstLevel?: 1 | 3;
}

/**
 * Markdown as GitHub understands it, with formulas. Nothing in it can run or reach another host. The libraries for it are
 * as large as the rest of a page: those that will need them preload them.
 */
export const Markdown = lazyComponent<MarkdownProps>(
  async () => (await import('./rendered-markdown.tsx')).RenderedMarkdown,
);
