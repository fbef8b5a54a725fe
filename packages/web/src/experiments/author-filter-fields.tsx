import { Checkbox, Stack, Text } from '@mantine/core';
import type { AuthorFilterProps } from './author-filter.tsx';
import { useAuthors } from './use-experiments.ts';

/** All authors, to choose from. */
export function AuthorFilterFields({ authors, onChange }: AuthorFilterProps) {
  const { data, isPending } = useAuthors();
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
      onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
    >
      <Stack gap={8} mah={260} style={{ overflowY: 'auto' }}>
        {all.map((author) => (
          <Checkbox key={author} value={author} label={author} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
