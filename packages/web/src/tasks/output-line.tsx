import { TerminalText, terminalPieces } from '../ui/terminal/terminal-text.tsx';
import type { OutputLine as Line } from './output-log.ts';
import classes from './output-view.module.css';

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
  const pieces = terminalPieces(text);
  return pieces.length === 0 ? '\n' : <TerminalText pieces={pieces} />;
}
