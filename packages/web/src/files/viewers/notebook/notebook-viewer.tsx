import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { Contents } from '../contents.tsx';
import { decodeText } from '../decode-text.ts';
import type { FileSource } from '../file-source.ts';
import type { ViewerProps } from '../registry.ts';
import { filled } from '../unfit-text.ts';
import { useContents } from '../use-contents.ts';
import viewer from '../viewer.module.css';
import classes from './notebook.module.css';
import { NotebookCell } from './notebook-cell.tsx';
import { type Notebook, parseNotebook } from './parse-notebook.ts';

/** So many cells at once: a notebook may have a hundred thousand. */
const AT_ONCE = 200;

/** Jupyter notebooks: texts, code and what it gave. Nothing in them runs. */
export function NotebookViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'notebook',
    make: (bytes) => parseNotebook(filled(decodeText(bytes))),
  });
  return <Contents query={query}>{(notebook) => <Cells notebook={notebook} source={source} />}</Contents>;
}

function Cells({ notebook, source }: { readonly notebook: Notebook; readonly source: FileSource }) {
  const { cells, language } = notebook;
  const [most, setMost] = useState(AT_ONCE);
  if (cells.length === 0) return <Notice title="The notebook is empty" />;
  return (
    <>
      <Text size="xs" c="dimmed" className={viewer.bar} role="status">
        {cells.length.toLocaleString()} {cells.length === 1 ? 'cell' : 'cells'} · {language}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <section className={`print-whole ${classes.notebook}`} tabIndex={0} aria-label="Contents">
        {cells.slice(0, most).map((cell, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: old formats give cells no names.
          <NotebookCell key={i} cell={cell} source={source} />
        ))}
        {cells.length > most && (
          <Button variant="default" m="sm" onClick={() => setMost(most + AT_ONCE)}>
            Show more: {(cells.length - most).toLocaleString()} cells are left
          </Button>
        )}
      </section>
    </>
  );
}
