import Anser from 'anser';
import { useEffect, useRef } from 'react';
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
    make: (bytes) => Anser.ansiToJson(onScreen(decodeText(bytes)), { use_classes: true, remove_empty: true }),
  });
  return (
    <Contents query={query}>
      {(parts) => (
        <>
          <PartNote shown={bounds.log} size={source.size} end="last" />
          <Log parts={parts} />
        </>
      )}
    </Contents>
  );
}

function Log({ parts }: { readonly parts: readonly Anser.AnserJsonEntry[] }) {
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with new parts the end is elsewhere.
  useEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [parts]);
  return (
    <section
      ref={box}
      className={classes.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
      tabIndex={0}
      aria-label="Contents"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place.
        <span key={i} className={classNames(part)}>
          {part.content}
        </span>
      ))}
    </section>
  );
}

function classNames({ fg, bg, decorations }: Anser.AnserJsonEntry): string | undefined {
  const names = [
    ...(fg ? [`${fg}-fg`] : []),
    ...(bg ? [`${bg}-bg`] : []),
    ...decorations.map((name) => `ansi-${name}`),
  ];
  return names.length > 0 ? names.join(' ') : undefined;
}

/** Of what a program wrote over itself in one line, as progress bars do, the last is seen. */
function onScreen(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/[^\n]*\r(?=[^\n])/g, '');
}
