import Anser from 'anser';
import { readableColour } from './readable-colour.ts';
import classes from './terminal-text.module.css';

/** A part of a text that looks the same throughout. */
export type TerminalPiece = Anser.AnserJsonEntry;

/** Takes a text for a terminal apart where its look changes. */
export function terminalPieces(text: string): readonly TerminalPiece[] {
  return Anser.ansiToJson(text, { json: true, remove_empty: true });
}

/** A text as a terminal shows it, in colours that can be read on our backgrounds. */
export function TerminalText({ pieces }: { readonly pieces: readonly TerminalPiece[] }) {
  return pieces.map(({ content, fg, bg, decorations }, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place.
      key={i}
      className={classes.piece}
      data-decorations={decorations.join(' ') || undefined}
      style={{
        color: fg ? readableColour(fg) : undefined,
        backgroundColor: bg ? `rgb(${bg}, 0.25)` : undefined,
      }}
    >
      {content}
    </span>
  ));
}
