import Anser from 'anser';
import type { OutputLine as Line } from './output-log.ts';
import classes from './output-view.module.css';
import { readableColour } from './readable-colour.ts';

/** A line of output with its colours. */
export function OutputLine({ line }: { readonly line: Line }) {
  const text = line.text.replace(/\r+$/, '');
  return (
    <div className={classes.line} data-stream={line.stream}>
      {line.colours === '' && !text.includes('\x1b') ? text || '\n' : <Coloured text={line.colours + text} />}
      {line.omitted > 0 && <em> … {line.omitted.toLocaleString()} more characters</em>}
    </div>
  );
}

function Coloured({ text }: { readonly text: string }) {
  const pieces = Anser.ansiToJson(text, { json: true, remove_empty: true });
  if (pieces.length === 0) return '\n';
  return pieces.map(({ content, fg, bg, decorations }, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have nothing else.
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
