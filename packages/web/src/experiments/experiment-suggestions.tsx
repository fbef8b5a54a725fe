import { Autocomplete, type AutocompleteProps, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { visibleName } from '../ui/visible-name.ts';
import { useSuggestedExperiments } from './use-experiments.ts';

const TYPING_MS = 150;

interface ExperimentSuggestionsProps extends Omit<AutocompleteProps, 'data' | 'value' | 'onChange'> {
  /** An EID, or a part of one or of a title while it is searched. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** EIDs that are not suggested. */
  readonly without?: readonly string[];
}

/** A field for the EID of an experiment, found by a part of it or of the title. */
export function ExperimentSuggestions({ value, without = [], ...rest }: ExperimentSuggestionsProps) {
  const [text] = useDebouncedValue(value.trim(), TYPING_MS);
  const { data: found = [] } = useSuggestedExperiments(text);
  const titles = new Map(found.map(({ eid, title }) => [eid, title]));
  return (
    <Autocomplete
      placeholder="EID or a part of the title"
      {...rest}
      value={value}
      data={[...titles.keys()].filter((eid) => !without.includes(eid))}
      // The server has searched already, in titles too.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Text size="sm" flex="none">
            {option.value}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            <bdi>{visibleName(titles.get(option.value) ?? '')}</bdi>
          </Text>
        </Group>
      )}
      maxDropdownHeight={260}
      openOnFocus={false}
      spellCheck={false}
    />
  );
}
