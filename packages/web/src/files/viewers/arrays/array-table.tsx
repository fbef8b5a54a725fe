import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { Contents } from '../contents.tsx';
import { TableGrid } from '../table/table-grid.tsx';
import { arrayTable, type NumbersOfPart } from './array-numbers-table.ts';
import { dimensionOf, windowOf } from './array-slice.ts';
import type { ArrayLookProps } from './array-view.tsx';
import { useArrayPart } from './use-array-part.ts';

const MOST_ROWS = { line: 100_000, plane: 2000 };
const MOST_COLUMNS = 200;

/** The numbers of a part of an array, one by one. */
export function ArrayTable({ id, array, parts }: ArrayLookProps) {
  const isPlane = dimensionOf(parts, 'y') >= 0;
  const columns = isPlane ? Math.max(dimensionOf(parts, 'x'), dimensionOf(parts, 'y')) : -1;
  const selection = parts.map((part, i) => {
    const most = i === columns ? MOST_COLUMNS : isPlane ? MOST_ROWS.plane : MOST_ROWS.line;
    return typeof part === 'number' ? part : windowOf(array.shape[i] ?? 0, part.from, most);
  });
  const isCut = selection.some((part, i) => typeof part === 'object' && part.end < (array.shape[i] ?? 0));
  const query = useArrayPart(id, array, selection);
  return (
    <Contents query={query}>
      {({ numbers, selection: shown }) => (
        <>
          {isCut && (
            <Text size="xs" c="dimmed" px="sm" py={4} role="note">
              Only the first values are shown. A plot shows them all.
            </Text>
          )}
          <Grid numbers={numbers} selection={shown} type={array.type} />
        </>
      )}
    </Contents>
  );
}

function Grid({ numbers, selection, type }: NumbersOfPart) {
  const table = useMemo(() => arrayTable({ numbers, selection, type }), [numbers, selection, type]);
  return <TableGrid table={table} />;
}
