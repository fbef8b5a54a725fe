import { useMemo } from 'react';
import { type TerminalPiece, TerminalText, terminalPieces } from '../../ui/terminal/terminal-text.tsx';

/** More pieces of different colours than this stumble; what is left has no colours. */
const MOST_PIECES = 5000;
const COLOURS = /\u001b\[[\d;:?]*[ -/]*[@-~]/g;
/** Titles of windows, links, sets of characters: of no use here. */
const OTHERS = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[^[\]]/g;

/** A text with the colours of terminals. All else that such sequences ask for is left out. */
export function AnsiText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => piecesOf(onScreen(text.replace(OTHERS, ''))), [text]);
  return <TerminalText pieces={pieces} />;
}

function piecesOf(text: string): readonly TerminalPiece[] {
  const end = endOfSequences(text, MOST_PIECES);
  const pieces = terminalPieces(text.slice(0, end));
  const plain = text.slice(end).replace(COLOURS, '');
  return plain === '' ? pieces : [...pieces, ...terminalPieces(plain)];
}

/** Where a text has had so many sequences. */
function endOfSequences(text: string, most: number): number {
  let at = -1;
  for (let i = 0; i <= most; i += 1) {
    at = text.indexOf('\u001b[', at + 1);
    if (at === -1) return text.length;
  }
  return at;
}

/** Of what a program wrote over itself in one line, as progress bars do, the last is seen. */
function onScreen(text: string): string {
  if (!text.includes('\r')) return text;
  const lines = text.split('\n').map((line) => {
    const written = line.endsWith('\r') ? line.slice(0, -1) : line;
    return written.slice(written.lastIndexOf('\r') + 1);
  });
  return lines.join('\n');
}
