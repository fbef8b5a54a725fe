import { NativeSelect } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import type { ExperimentOrder } from './generated/operations.ts';

const ORDERS: readonly { readonly value: ExperimentOrder; readonly label: string }[] = [
  { value: 'CREATED_DESC', label: 'Newest first' },
  { value: 'CREATED_ASC', label: 'Oldest first' },
  { value: 'UPDATED_DESC', label: 'Changed last' },
  { value: 'UPDATED_ASC', label: 'Unchanged longest' },
  { value: 'TITLE_ASC', label: 'Title, A to Z' },
  { value: 'TITLE_DESC', label: 'Title, Z to A' },
];

interface SortSelectProps {
  readonly orderBy: ExperimentOrder;
  readonly onOrder: (orderBy: ExperimentOrder) => void;
}

/** Chooses the order of a list. */
export function SortSelect({ orderBy, onOrder }: SortSelectProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label="Order"
      leftSection={<IconArrowsSort size={15} stroke={1.6} />}
      value={orderBy}
      onChange={(event) => onOrder(event.currentTarget.value as ExperimentOrder)}
      data={[...ORDERS]}
    />
  );
}
