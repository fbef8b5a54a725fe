import { useMemo } from 'react';
import { TerminalText } from '../../ui/terminal/terminal-text.tsx';
import { ansiPieces } from './ansi-pieces.ts';

interface AnsiTextProps {
  readonly text: string;
  /** The end of the text that somebody sees first. */
  readonly seen: 'first' | 'last';
}

/** A text with the colours of terminals. */
export function AnsiText({ text, seen }: AnsiTextProps) {
  const pieces = useMemo(() => ansiPieces(text, seen), [text, seen]);
  return <TerminalText pieces={pieces} />;
}
