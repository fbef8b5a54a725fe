import { useEffect, useRef } from 'react';
import { AnsiText } from './ansi-text.tsx';
import { bounds, PartNote } from './bounds.tsx';
import { Contents } from './contents.tsx';
import { decodeText } from './decode-text.ts';
import type { ViewerProps } from './registry.ts';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';

/** Nearer to its end than this, a log is followed as it grows. */
const NEAR_END_PX = 40;

/** Logs with the colours of terminals. Of long ones the end, and the end of a growing one stays in sight. */
export function LogViewer({ source }: ViewerProps) {
  const start = Math.max(0, source.size - bounds.log);
  const query = useContents(source, {
    as: 'log',
    range: { start, end: Math.max(0, source.size - 1) },
    make: (bytes) => decodeText(bytes, start),
  });
  return (
    <Contents query={query}>
      {(text) => (
        <>
          <PartNote shown={bounds.log} size={source.size} end="last" />
          <Log text={text} />
        </>
      )}
    </Contents>
  );
}

function Log({ text }: { readonly text: string }) {
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with more text the end is elsewhere.
  useEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <section
      ref={box}
      className={`print-whole ${classes.log}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
      tabIndex={0}
      aria-label="Contents"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      <AnsiText text={text} seen="last" />
    </section>
  );
}
