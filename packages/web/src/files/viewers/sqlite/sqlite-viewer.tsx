import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { Contents } from '../contents.tsx';
import type { ViewerProps } from '../registry.ts';
import { TableGrid } from '../table/table-grid.tsx';
import { useViewerSettings } from '../use-viewer-settings.ts';
import viewer from '../viewer.module.css';
import { DatabaseWorker } from './database-worker.ts';
import { fromText, parseFrom } from './from-text.ts';
import type { Overview, Rows } from './questions.ts';
import { RowsBar } from './rows-bar.tsx';

/** SQLite databases: their tables and views, and the runs of QCoDeS. They are read by ranges, beside the page. */
export function SqliteViewer({ source }: ViewerProps) {
  const { id, changed, location } = source;
  const worker = useMemo(() => new DatabaseWorker(location), [location]);
  useEffect(() => () => worker.close(), [worker]);
  const query = useQuery({
    queryKey: ['contents', id, 'database', changed],
    queryFn: ({ signal }) => worker.ask({ ask: 'overview' }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Contents query={query}>
      {(overview) => <Tables overview={overview} worker={worker} queryKey={[id, changed]} />}
    </Contents>
  );
}

interface TablesProps {
  readonly overview: Overview;
  readonly worker: DatabaseWorker;
  readonly queryKey: readonly string[];
}

function Tables({ overview: { tables, note }, worker, queryKey }: TablesProps) {
  const [{ path, rows: place }, change] = useViewerSettings();
  const table = tables.find((candidate) => keyOf(candidate) === path) ?? tables[0];
  const from = parseFrom(place);
  const query = useQuery({
    queryKey: ['contents', ...queryKey, 'rows', table, from],
    queryFn: async ({ signal }) => {
      if (!table) return null;
      const rows = await worker.ask({ ask: 'rows', table, from }, signal);
      return { rows, place: `${keyOf(table)} ${fromText(from)}` };
    },
    // The rows of another table would stand under the wrong name.
    placeholderData: (before, query) => (query?.queryKey.includes(table) ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (!table) return <Notice title="There are no tables in the database" />;
  return (
    <>
      <RowsBar
        tables={tables}
        table={table}
        rows={query.data?.rows}
        onTable={(key) => change({ path: key, rows: undefined })}
        onFrom={(next) => change({ rows: fromText(next) })}
      />
      {note !== undefined && (
        <Text size="xs" c="dimmed" className={viewer.bar} role="note">
          {note}
        </Text>
      )}
      {/* Other rows are seen from their first on; a new version of those that are shown stays where it is. */}
      <Contents query={query}>{(page) => page && <Grid key={page.place} rows={page.rows} />}</Contents>
    </>
  );
}

/** Tells tables apart: one may be called as the list of runs. */
export function keyOf({ kind, name }: Overview['tables'][number]): string {
  return `${kind}/${name}`;
}

function Grid({ rows }: { readonly rows: Rows }) {
  const { columns, cells, ids } = rows;
  const table = useMemo(
    () => ({
      columns: columns.map(({ name, isNumeric }) => ({
        name,
        numbers: isNumeric ? new Float64Array() : undefined,
      })),
      rowCount: cells.length,
      cell: (row: number, column: number) => cells[row]?.[column] ?? '',
      rowName: (row: number) => ids[row] ?? '',
    }),
    [columns, cells, ids],
  );
  if (cells.length === 0) return <Notice title="There are no rows" />;
  return <TableGrid table={table} />;
}
