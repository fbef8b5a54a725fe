import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { useCallback } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { Markdown } from '../../../ui/markdown/markdown.ts';
import type { FileSource } from '../file-source.ts';
import source from '../text-viewer.module.css';
import { CellOutput } from './cell-output.tsx';
import classes from './notebook.module.css';
import type { Cell } from './parse-notebook.ts';

interface NotebookCellProps {
  readonly cell: Cell;
  readonly source: FileSource;
}

/** Where the text of a cell names a picture in the cell itself. */
const ATTACHED = 'attachment:';
/** The same as a relative link: links with a scheme of their own are not followed. */
const RELATIVE = './attachment/';

/** A cell: its text or code, and below it what the code gave. */
export function NotebookCell({ cell, source: file }: NotebookCellProps) {
  if (cell.kind === 'markdown') return <MarkdownCell cell={cell} source={file} />;
  if (cell.kind === 'raw') return <pre className={classes.raw}>{cell.text}</pre>;
  const { count, text, tree, outputs } = cell;
  return (
    <div className={classes.cell}>
      <span className={classes.count}>
        <span className={classes.hidden}>Code, run </span>[{count ?? ' '}]
      </span>
      <div className={classes.parts}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
        <pre className={`${classes.code} ${source.code}`} tabIndex={0}>
          {tree ? toJsxRuntime(tree, { Fragment, jsx, jsxs }) : text}
        </pre>
        {outputs.map((output, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: outputs have no names.
          <CellOutput key={i} output={output} source={file} />
        ))}
      </div>
    </div>
  );
}

function MarkdownCell({
  cell: { text, attachments },
  source: { resolve },
}: NotebookCellProps & { readonly cell: { kind: 'markdown' } }) {
  const resolveHere = useCallback(
    (link: string) => {
      const address = link.startsWith(RELATIVE) && attachments.get(decoded(link.slice(RELATIVE.length)));
      return address ? { source: address, page: '' } : resolve(link);
    },
    [attachments, resolve],
  );
  return (
    <div className={classes.text}>
      <Markdown text={text.replaceAll(`](${ATTACHED}`, `](${RELATIVE}`)} resolve={resolveHere} />
    </div>
  );
}

/** A name may have a “%” that means itself. */
function decoded(link: string): string {
  try {
    return decodeURI(link);
  } catch {
    return link;
  }
}
