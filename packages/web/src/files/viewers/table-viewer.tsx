import { SegmentedControl, Text } from '@mantine/core';
import { countOf } from '../../ui/count-of.ts';
import { Notice } from '../../ui/notice.tsx';
import { Contents } from './contents.tsx';
import { decodeBytes } from './decode-text.ts';
import type { ViewerProps } from './registry.ts';
import { parseTable, type Table } from './table/parse-table.ts';
import { Plot } from './table/plot.tsx';
import { TableGrid } from './table/table-grid.tsx';
import { useContents } from './use-contents.ts';
import { useViewerSettings } from './use-viewer-settings.ts';
import classes from './viewer.module.css';

/** Fewer points than this say more as numbers. */
const WORTH_PLOTTING = 3;
const MENDED = 'it is no UTF-8 and was read as windows-1252';

/** Values separated by commas, tabs or other characters: as a table, and as a plot of its columns. */
export function TableViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'table',
    make: (bytes) => {
      const { text, isMended } = decodeBytes(bytes);
      const table = parseTable(text, source.name);
      return isMended ? { ...table, note: [table.note, MENDED].filter(Boolean).join(' · ') } : table;
    },
  });
  return <Contents query={query}>{(table) => <TableOrPlot table={table} name={source.name} />}</Contents>;
}

function TableOrPlot({ table, name }: { readonly table: Table; readonly name: string }) {
  const numeric = table.columns.filter(({ numbers }) => numbers).length;
  const drawable = table.columns.filter(({ numbers, times }) => numbers ?? times).length;
  const canPlot = numeric > 0 && table.rowCount > 0;
  const [{ look }, change] = useViewerSettings();
  const view = canPlot
    ? (look ?? (table.rowCount >= WORTH_PLOTTING && drawable > 1 ? 'Plot' : 'Table'))
    : 'Table';
  if (table.columns.length === 0) return <Notice title="The file is empty" />;
  return (
    <>
      <div className={classes.bar}>
        {canPlot && (
          <SegmentedControl
            size="xs"
            aria-label="Table or plot"
            value={view}
            onChange={(chosen) => change({ look: chosen })}
            data={['Table', 'Plot']}
          />
        )}
        <Text size="xs" c="dimmed" role="status">
          {table.rowCount.toLocaleString()} {table.rowCount === 1 ? 'row' : 'rows'},{' '}
          {countOf(table.columns.length, 'column')}
          {table.note && ` · ${table.note}`}
        </Text>
      </div>
      {view === 'Plot' ? <Plot table={table} name={name} /> : <TableGrid table={table} />}
    </>
  );
}
