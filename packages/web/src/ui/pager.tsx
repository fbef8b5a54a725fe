import { ActionIcon, Group, NativeSelect, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';

interface PagerProps {
  /** From 0. */
  readonly page: number;
  readonly rowsPerPage: number;
  readonly choices: readonly number[];
  /** Rows of this page. */
  readonly count: number;
  readonly hasMore: boolean;
  /** Not known yet: rows do not wait for it. */
  readonly total: number | undefined;
  readonly onPage: (page: number) => void;
  readonly onRowsPerPage: (rows: number) => void;
}

const numbers = new Intl.NumberFormat();

/** Under a list: which part of it is shown, and the way to the others. */
export function Pager(props: PagerProps) {
  const { page, rowsPerPage, choices, count, hasMore, total, onPage, onRowsPerPage } = props;
  const first = page * rowsPerPage;
  const options = [...new Set([...choices, rowsPerPage])].sort((a, b) => a - b);
  return (
    <Group gap="md" justify="flex-end" wrap="nowrap" py="xs">
      <Group gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed" component="label" htmlFor="rows-per-page">
          Rows
        </Text>
        <NativeSelect
          id="rows-per-page"
          size="xs"
          value={rowsPerPage}
          onChange={(event) => onRowsPerPage(Number(event.currentTarget.value))}
          data={options.map(String)}
        />
      </Group>
      <Text size="xs" c="dimmed" aria-live="polite">
        {count === 0 ? '0' : `${numbers.format(first + 1)}–${numbers.format(first + count)}`} of{' '}
        {total === undefined ? '…' : numbers.format(total)}
      </Text>
      <Group gap={2} wrap="nowrap">
        <ActionIcon aria-label="Previous page" disabled={page === 0} onClick={() => onPage(page - 1)}>
          <IconChevronLeft size={17} />
        </ActionIcon>
        <ActionIcon aria-label="Next page" disabled={!hasMore} onClick={() => onPage(page + 1)}>
          <IconChevronRight size={17} />
        </ActionIcon>
      </Group>
    </Group>
  );
}
