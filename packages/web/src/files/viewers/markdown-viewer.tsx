import { Markdown } from '../../ui/markdown/markdown.ts';
import { bounds, PartNote } from './bounds.tsx';
import { Contents } from './contents.tsx';
import { decodeText } from './decode-text.ts';
import type { ViewerProps } from './registry.ts';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';

/** Markdown as what it means; its relative links are other files of the experiment. */
export function MarkdownViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'markdown',
    range: { start: 0, end: bounds.markdown - 1 },
    make: decodeText,
  });
  return (
    <Contents query={query}>
      {(text) => (
        <>
          <PartNote shown={bounds.markdown} size={source.size} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
          <section className={`print-whole ${classes.reading}`} tabIndex={0} aria-label="Contents">
            <Markdown text={text} resolve={source.resolve} />
          </section>
        </>
      )}
    </Contents>
  );
}
