import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { Contents } from '../contents.tsx';
import { longNumber } from '../plots/plot-look.ts';
import type { Table } from '../table/parse-table.ts';
import { TableGrid } from '../table/table-grid.tsx';
import { dimensionOf, windowOf } from './array-slice.ts';
import type { ArrayLookProps } from './array-view.tsx';
import { type ArrayNumbers, lengthOf, type Selection } from './nd-array.ts';
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
          <Grid numbers={numbers} selection={shown} isPlane={isPlane} />
        </>
      )}
    </Contents>
  );
}

interface GridProps {
  readonly numbers: ArrayNumbers;
  readonly selection: Selection;
  readonly isPlane: boolean;
}

function Grid({ numbers, selection, isPlane }: GridProps) {
  const table = useMemo(() => tableOf(numbers, selection, isPlane), [numbers, selection, isPlane]);
  return <TableGrid table={table} />;
}

function tableOf({ real, imaginary }: ArrayNumbers, selection: Selection, isPlane: boolean): Table {
  const lengths = selection.flatMap((part) => (typeof part === 'object' ? [lengthOf(part)] : []));
  const width = isPlane ? (lengths[1] ?? 0) : 1;
  const numbers = real.subarray(0, 0);
  return {
    columns: Array.from({ length: width }, (_, i) => ({ name: isPlane ? String(i) : 'value', numbers })),
    rowCount: lengths[0] ?? 1,
    cell(row, column) {
      const at = row * width + column;
      if (!imaginary) return longNumber(real[at]);
      const im = imaginary[at] ?? 0;
      return `${longNumber(real[at])} ${im < 0 ? '−' : '+'} ${longNumber(Math.abs(im))}i`;
    },
  };
}
