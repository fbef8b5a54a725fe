import Anser from 'anser';
import { useMemo } from 'react';
import classes from './ansi-text.module.css';

/** More pieces of different colours than this stumble; what is left has no colours. */
const MOST_PIECES = 5000;
const COLOURS = /\u001b\[[\d;:?]*[ -/]*[@-~]/g;
/** Titles of windows, links, sets of characters: of no use here. */
const OTHERS = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[^[\]]/g;

/** A text with the colours of terminals. All else that such sequences ask for is left out. */
export function AnsiText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => piecesOf(onScreen(text.replace(OTHERS, ''))), [text]);
  return (
    <span className={classes.ansi}>
      {pieces.map(({ content, className }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name than their place.
        <span key={i} className={className}>
          {content}
        </span>
      ))}
    </span>
  );
}

interface Piece {
  readonly content: string;
  readonly className: string | undefined;
}

function piecesOf(text: string): Piece[] {
  const end = endOfSequences(text, MOST_PIECES);
  const entries = Anser.ansiToJson(text.slice(0, end), { use_classes: true, remove_empty: true });
  const pieces = entries.map((entry) => ({ content: entry.content, className: classNames(entry) }));
  const plain = text.slice(end).replace(COLOURS, '');
  return plain === '' ? pieces : [...pieces, { content: plain, className: undefined }];
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
  if (!text.includes('\r')) return text;
  const lines = text.split('\n').map((line) => {
    const written = line.endsWith('\r') ? line.slice(0, -1) : line;
    return written.slice(written.lastIndexOf('\r') + 1);
  });
  return lines.join('\n');
}
