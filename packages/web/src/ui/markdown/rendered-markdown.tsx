import { Text } from '@mantine/core';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { useRef } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { Loading } from '../loading.tsx';
import classes from './markdown.module.css';
import type { MarkdownProps } from './markdown.ts';
import { elementsBelowASection, markdownElements, ResolveLink } from './markdown-elements.tsx';
import { useNamedPlace } from './use-named-place.ts';
import { useParsedMarkdown } from './use-parsed-markdown.ts';

/** Characters that are shown as they were written where they can not be shown otherwise. */
const SHOWN_AS_WRITTEN = 100_000;

/** What `Markdown` loads. */
export function RenderedMarkdown({ text, resolve, firstLevel = 3 }: MarkdownProps) {
  const parsed = useParsedMarkdown(text);
  const place = useRef<HTMLDivElement>(null);
  useNamedPlace(place, typeof parsed === 'object');
  if (!parsed) return <Loading what="Loading the text" />;
  if (parsed === 'too slow') {
    return (
      <>
        <Note>It takes too long to be laid out, and is shown as it was written.</Note>
        <pre className={classes.written}>{text.slice(0, SHOWN_AS_WRITTEN)}</pre>
      </>
    );
  }
  return (
    <div ref={place} className={classes.markdown}>
      {parsed.isCut && <Note>It is too long to be shown as a whole: parts are left out.</Note>}
      <ResolveLink value={resolve}>
        {toJsxRuntime(parsed.tree, {
          Fragment,
          jsx,
          jsxs,
          components: firstLevel === 3 ? elementsBelowASection : markdownElements,
          ignoreInvalidStyle: true,
          passKeys: true,
          passNode: true,
        })}
      </ResolveLink>
    </div>
  );
}

function Note({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed" role="note" mb="xs">
      {children}
    </Text>
  );
}
