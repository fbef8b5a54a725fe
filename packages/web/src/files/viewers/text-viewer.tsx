import { Text } from '@mantine/core';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { type ReactNode, useMemo } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { Notice } from '../../ui/notice.tsx';
import { bounds, PartNote } from './bounds.tsx';
import { Contents } from './contents.tsx';
import { decodeText } from './decode-text.ts';
import { highlight } from './highlight.ts';
import { languageOf } from './language-of.ts';
import type { ViewerProps } from './registry.ts';
import classes from './text-viewer.module.css';
import { useContents } from './use-contents.ts';

/** Texts and source code, with numbers of lines. */
export function TextViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'text',
    range: { start: 0, end: bounds.text - 1 },
    make: async (bytes) => {
      const { text, isCut } = beginning(decodeText(bytes));
      const isShort = bytes.length <= bounds.highlighting;
      return { text, isCut, tree: isShort ? await highlight(text, languageOf(source.name)) : undefined };
    },
  });
  return (
    <Contents query={query}>
      {({ text, tree, isCut }) => (
        <>
          {isCut ? (
            <Text size="xs" c="dimmed" px="sm" py={4} role="note">
              Only the first {bounds.lines.toLocaleString()} lines are shown, and of each{' '}
              {bounds.line.toLocaleString()} characters. Download the file to see all of it.
            </Text>
          ) : (
            <PartNote shown={bounds.text} size={source.size} />
          )}
          <Lines text={text}>{tree ? toJsxRuntime(tree, { Fragment, jsx, jsxs }) : text}</Lines>
        </>
      )}
    </Contents>
  );
}

/** As many lines, and as much of each, as a browser lays out without stumbling. */
function beginning(text: string): { text: string; isCut: boolean } {
  const lines = text.split('\n', bounds.lines + 1);
  const shown = lines.slice(0, bounds.lines).map((line) => line.slice(0, bounds.line));
  const isWhole = lines.length <= bounds.lines && shown.every((line, i) => line === lines[i]);
  return isWhole ? { text, isCut: false } : { text: shown.join('\n'), isCut: true };
}

function Lines({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  const numbers = useMemo(() => numbersOf(text), [text]);
  // Of a byte order mark alone.
  if (text === '') return <Notice title="The file is empty" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
    <section className={`print-whole ${classes.text}`} tabIndex={0} aria-label="Contents">
      <pre className={classes.numbers} aria-hidden>
        {numbers}
      </pre>
      <pre className={classes.code}>{children}</pre>
    </section>
  );
}

function numbersOf(text: string): string {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return Array.from({ length: lines }, (_, i) => i + 1).join('\n');
}
