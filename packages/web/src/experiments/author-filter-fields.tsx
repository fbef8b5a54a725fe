import { Checkbox, Stack, Text } from '@mantine/core';
import type { AuthorFilterProps } from './author-filter.tsx';
import { MOST_AUTHORS } from './list-search.ts';
import { useAuthors } from './use-experiments.ts';

/** All authors, to choose from. */
export function AuthorFilterFields({ authors, onChange }: AuthorFilterProps) {
  const { data, isPending } = useAuthors();
  const isFull = authors.length >= MOST_AUTHORS;
  const all = [...new Set([...authors, ...(data ?? [])])].sort();
  if (all.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {isPending ? 'Loading …' : 'Nobody has made an experiment yet.'}
      </Text>
    );
  }
  return (
    <Checkbox.Group
      value={[...authors]}
      description={isFull && `No more than ${MOST_AUTHORS} authors at once.`}
      onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
    >
      <Stack gap={8} mah={260} style={{ overflowY: 'auto' }}>
        {all.map((author) => (
          <Checkbox
            key={author}
            value={author}
            label={author}
            disabled={isFull && !authors.includes(author)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
