import { type TerminalPiece, terminalPieces } from '../../ui/terminal/terminal-text.tsx';

/** More pieces of different colours than this stumble; what is left has no colours. */
const MOST_PIECES = 5000;
const BEGINNING = '\u001b[';
const COLOURS = /\u001b\[[\d;:?]*[ -/]*[@-~]/g;
/** Titles of windows, links, sets of characters: of no use here. */
const OTHERS = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[^[\]]/g;

/**
 * A text with the colours of terminals, where its look changes. All else that such sequences ask for is left out.
 *
 * @param seen - the end of it that somebody sees first: there are colours, where a text has too many of them.
 */
export function ansiPieces(text: string, seen: 'first' | 'last'): readonly TerminalPiece[] {
  const shown = onScreen(text.replace(OTHERS, ''));
  if (seen === 'last') {
    const start = startOfLast(shown);
    return [...plainPieces(shown.slice(0, start)), ...terminalPieces(shown.slice(start))];
  }
  const end = endOfFirst(shown);
  return [...terminalPieces(shown.slice(0, end)), ...plainPieces(shown.slice(end))];
}

function plainPieces(text: string): readonly TerminalPiece[] {
  const plain = text.replace(COLOURS, '');
  return plain === '' ? [] : terminalPieces(plain);
}

/** Where a text has had so many sequences. */
function endOfFirst(text: string): number {
  let at = -1;
  for (let i = 0; i <= MOST_PIECES; i += 1) {
    at = text.indexOf(BEGINNING, at + 1);
    if (at === -1) return text.length;
  }
  return at;
}

/** From where on a text has only so many sequences. */
function startOfLast(text: string): number {
  let at = text.length;
  for (let i = 0; i < MOST_PIECES && at > 0; i += 1) {
    at = text.lastIndexOf(BEGINNING, at - 1);
    if (at === -1) return 0;
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
