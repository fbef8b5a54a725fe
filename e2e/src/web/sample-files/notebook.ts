type NotebookCell = Readonly<Record<string, unknown>>;

/** A notebook of the format 4.5. */
export function notebook(cells: readonly NotebookCell[], metadata: object = {}): string {
  return JSON.stringify({
    cells,
    metadata: { language_info: { name: 'python' }, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** A cell of Markdown. */
export function markdownCell(source: string, more: object = {}): NotebookCell {
  return { cell_type: 'markdown', metadata: {}, source, ...more };
}

/** A cell of code with what it gave. */
export function codeCell(source: string, ...outputs: readonly object[]): NotebookCell {
  return { cell_type: 'code', execution_count: 1, metadata: {}, source, outputs };
}

/** What a cell gave in several forms, by media type. */
export function dataOutput(data: Readonly<Record<string, unknown>>): object {
  return { output_type: 'display_data', metadata: {}, data };
}
