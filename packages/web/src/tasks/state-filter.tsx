import { Checkbox, Stack } from '@mantine/core';
import { IconProgress } from '@tabler/icons-react';
import { FilterButton } from '../ui/filter-button.tsx';
import type { TaskStatus } from './generated/operations.ts';
import { TaskState, taskStates } from './task-state.tsx';

interface StateFilterProps {
  readonly states: readonly TaskStatus[];
  readonly onChange: (states: readonly TaskStatus[] | undefined) => void;
}

/** Filters by any of some states. */
export function StateFilter({ states, onChange }: StateFilterProps) {
  const [first, ...more] = states;
  const value = first && `${taskStates[first].label}${more.length > 0 ? ` +${more.length}` : ''}`;
  return (
    <FilterButton icon={IconProgress} label="State" value={value}>
      <Checkbox.Group
        aria-label="State"
        value={[...states]}
        onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
      >
        <Stack gap={8}>
          {(Object.keys(taskStates) as TaskStatus[]).map((state) => (
            <Checkbox key={state} value={state} label={<TaskState status={state} />} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FilterButton>
  );
}
