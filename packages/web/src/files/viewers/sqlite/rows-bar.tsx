import { ActionIcon, NativeSelect, Text, TextInput } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronLeftPipe,
  IconChevronRight,
  IconChevronRightPipe,
} from '@tabler/icons-react';
import { useState } from 'react';
import viewer from '../viewer.module.css';
import type { From, Overview, Rows, TableName } from './questions.ts';
import { keyOf } from './sqlite-viewer.tsx';

interface RowsBarProps {
  readonly tables: Overview['tables'];
  readonly table: TableName;
  readonly rows: Rows | undefined;
  readonly onTable: (key: string) => void;
  readonly onFrom: (from: From) => void;
}

const GROUPS = [
  { kind: 'runs', group: 'QCoDeS' },
  { kind: 'table', group: 'Tables' },
  { kind: 'view', group: 'Views' },
] as const;

/** Which table is shown and which rows of it, and the way to others. */
export function RowsBar({ tables, table, rows, onTable, onFrom }: RowsBarProps) {
  const [typed, setTyped] = useState('');
  const groups = GROUPS.map(({ kind, group }) => ({
    group,
    items: tables
      .filter((candidate) => candidate.kind === kind)
      .map((candidate) => ({ value: keyOf(candidate), label: candidate.label ?? candidate.name })),
  })).filter(({ items }) => items.length > 0);
  const turn = (from: From | undefined) => from && onFrom(from);
  return (
    <div className={viewer.bar}>
      <NativeSelect
        size="xs"
        maw={340}
        aria-label="Table"
        value={keyOf(table)}
        data={groups}
        onChange={({ currentTarget }) => onTable(currentTarget.value)}
      />
      <ActionIcon
        size="sm"
        aria-label="First rows"
        disabled={!rows?.previous}
        onClick={() => onFrom({ kind: 'first' })}
      >
        <IconChevronLeftPipe size={15} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label="Previous rows"
        disabled={!rows?.previous}
        onClick={() => turn(rows?.previous)}
      >
        <IconChevronLeft size={15} />
      </ActionIcon>
      <Text size="xs" role="status">
        {rows && rangeText(rows)}
      </Text>
      <ActionIcon size="sm" aria-label="Next rows" disabled={!rows?.next} onClick={() => turn(rows?.next)}>
        <IconChevronRight size={15} />
      </ActionIcon>
      {rows?.hasIds && (
        <>
          <ActionIcon
            size="sm"
            aria-label="Last rows"
            disabled={!rows.next}
            onClick={() => onFrom({ kind: 'last' })}
          >
            <IconChevronRightPipe size={15} />
          </ActionIcon>
          <TextInput
            size="xs"
            w={110}
            aria-label="Go to the row with this id"
            placeholder="Go to id"
            inputMode="numeric"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={({ key }) => {
              if (key === 'Enter' && /^-?\d{1,18}$/.test(typed)) onFrom({ kind: 'at', id: typed });
            }}
          />
        </>
      )}
    </div>
  );
}

function rangeText({ ids, lastId, hasIds }: Rows): string {
  const [first] = ids;
  if (first === undefined) return 'no rows';
  const range = `${hasIds ? 'ids ' : 'rows '}${first}–${ids.at(-1)}`;
  return lastId ? `${range}, the last is ${lastId}` : range;
}
