import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { Contents } from './contents.tsx';
import { decodeText } from './decode-text.ts';
import type { ViewerProps } from './registry.ts';
import { parseTable, type Table } from './table/parse-table.ts';
import { Plot } from './table/plot.tsx';
import { TableGrid } from './table/table-grid.tsx';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';

/** Fewer points than this say more as numbers. */
const WORTH_PLOTTING = 3;

/** Values separated by commas, tabs or other characters: as a table, and as a plot of its columns. */
export function TableViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'table',
    make: (bytes) => parseTable(decodeText(bytes), source.name),
  });
  return <Contents query={query}>{(table) => <TableOrPlot table={table} />}</Contents>;
}

function TableOrPlot({ table }: { readonly table: Table }) {
  const numeric = table.columns.filter(({ numbers }) => numbers).length;
  const canPlot = numeric > 0 && table.rowCount > 0;
  const [chosen, setChosen] = useState<string>();
  const view = canPlot
    ? (chosen ?? (table.rowCount >= WORTH_PLOTTING && numeric > 1 ? 'Plot' : 'Table'))
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
            onChange={setChosen}
            data={['Table', 'Plot']}
          />
        )}
        <Text size="xs" c="dimmed" role="status">
          {table.rowCount.toLocaleString()} rows, {table.columns.length} columns
          {table.note && ` · ${table.note}`}
        </Text>
      </div>
      {view === 'Plot' ? <Plot table={table} /> : <TableGrid table={table} />}
    </>
  );
}
