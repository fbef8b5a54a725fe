import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { byteText } from '../../../ui/byte-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import { visibleName } from '../../../ui/visible-name.ts';
import { Contents } from '../contents.tsx';
import type { ViewerProps } from '../registry.ts';
import type { Table } from '../table/parse-table.ts';
import { TableGrid } from '../table/table-grid.tsx';
import viewer from '../viewer.module.css';
import { type Listing, listEntries } from './list-entries.ts';

const KEEP_MS = 30_000;

const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What is in a zip: names and sizes. Nothing is unpacked. */
export function ZipViewer({ source }: ViewerProps) {
  const query = useQuery({
    queryKey: ['contents', source.id, 'zip', source.changed],
    queryFn: ({ signal }) => listEntries(source, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    structuralSharing: false,
  });
  return <Contents query={query}>{(listing) => <Entries listing={listing} />}</Contents>;
}

function Entries({ listing }: { readonly listing: Listing }) {
  const table = useMemo(() => tableOf(listing), [listing]);
  const { entries, isCut } = listing;
  if (entries.length === 0) return <Notice title="The archive is empty" />;
  const files = entries.filter(({ isFolder }) => !isFolder);
  const unpacked = files.reduce((sum, { size }) => sum + size, 0);
  const isEncrypted = files.some((entry) => entry.isEncrypted);
  return (
    <>
      <Text size="xs" c="dimmed" className={viewer.bar} role="status">
        {isCut && 'The first '}
        {files.length.toLocaleString()} {files.length === 1 ? 'file' : 'files'}, {byteText(unpacked)} unpacked
        {isEncrypted && ' · with a password'}
      </Text>
      <TableGrid table={table} />
    </>
  );
}

function tableOf({ entries }: Listing): Table {
  const size = Float64Array.from(entries, (entry) => entry.size);
  const packed = Float64Array.from(entries, (entry) => entry.packedSize);
  const texts = [
    ({ name }) => visibleName(name),
    (entry) => (entry.isFolder ? '' : byteText(entry.size)),
    (entry) => (entry.isFolder ? '' : byteText(entry.packedSize)),
    ({ modified }) => (Number.isNaN(modified.getTime()) ? '' : moments.format(modified)),
  ] satisfies ((entry: Listing['entries'][number]) => string)[];
  return {
    columns: [
      { name: 'Name', numbers: undefined },
      { name: 'Size', numbers: size },
      { name: 'Packed', numbers: packed },
      { name: 'Modified', numbers: undefined },
    ],
    rowCount: entries.length,
    cell(row, column) {
      const entry = entries[row];
      return entry ? (texts[column]?.(entry) ?? '') : '';
    },
  };
}
