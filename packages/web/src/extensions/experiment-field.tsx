import { Autocomplete, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../session/ask.ts';
import { suggestExperiments } from './generated/operations.ts';
import { useExperimentNamed } from './use-experiment-named.ts';

const TYPING_MS = 150;

interface ExperimentFieldProps {
  readonly label: string;
  readonly description: ReactNode;
  readonly descriptionProps: { readonly component: 'div' };
  readonly error: string | undefined;
  readonly name: string;
  /** An EID, or a part of one or of a title while it is searched. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The EID of an experiment, found by a part of it or of the title. */
export function ExperimentField({ value, onChange, ...shared }: ExperimentFieldProps) {
  const [text] = useDebouncedValue(value.trim(), TYPING_MS);
  const named = useExperimentNamed(value, undefined);
  const { data: found = [] } = useQuery({
    queryKey: ['extensions', 'suggestions', text],
    queryFn: async ({ signal }) =>
      (await ask(suggestExperiments, { text: text || null }, signal)).experiments.experimentsData,
    placeholderData: keepPreviousData,
  });
  const titles = new Map(found.map(({ eid, title }) => [eid, title]));
  return (
    <div>
      <Autocomplete
        {...shared}
        placeholder="EID or a part of the title"
        value={value}
        onChange={onChange}
        // Of what was pasted, blanks around it.
        onBlur={() => onChange(value.trim())}
        data={[...titles.keys()]}
        // The server has searched already, in titles too.
        filter={({ options }) => options}
        renderOption={({ option }) => (
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Text size="sm" flex="none">
              {option.value}
            </Text>
            <Text size="sm" c="dimmed" truncate>
              {titles.get(option.value)}
            </Text>
          </Group>
        )}
        maxDropdownHeight={260}
        openOnFocus={false}
        spellCheck={false}
      />
      {!shared.error && named !== undefined && (
        <Text size="xs" c="dimmed" mt={4} truncate role="status">
          {named === null ? 'There is no experiment with this EID.' : named.title}
        </Text>
      )}
    </div>
  );
}
