import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ExperimentSuggestions } from '../experiments/experiment-suggestions.tsx';
import { visibleName } from '../ui/visible-name.ts';
import { useExperimentNamed } from './use-experiment-named.ts';

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
  const named = useExperimentNamed(value, undefined);
  return (
    <div>
      <ExperimentSuggestions
        {...shared}
        value={value}
        onChange={onChange}
        // Of what was pasted, blanks around it.
        onBlur={() => onChange(value.trim())}
      />
      {!shared.error && named !== undefined && (
        <Text size="xs" c="dimmed" mt={4} truncate role="status">
          {named === null ? 'There is no experiment with this EID.' : visibleName(named.title)}
        </Text>
      )}
    </div>
  );
}
