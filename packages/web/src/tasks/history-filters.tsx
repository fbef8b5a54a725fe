import { Button, Pill } from '@mantine/core';
import { IconBolt, IconPuzzle, IconUser, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { DateFilter } from '../experiments/date-filter.tsx';
import { useAuthors } from '../experiments/use-experiments.ts';
import { useExtensions } from '../extensions/use-extensions.ts';
import type { TaskRowFragment } from './generated/operations.ts';
import { type HistorySearch, isFiltered, NO_FILTERS } from './history-search.ts';
import { NameFilter } from './name-filter.tsx';
import { StateFilter } from './state-filter.tsx';
import classes from './task-history-page.module.css';

interface HistoryFiltersProps {
  readonly search: HistorySearch;
  readonly change: (changes: HistorySearch) => void;
  /** The tasks that are shown: names that are nowhere else any more are among them. */
  readonly tasks: readonly TaskRowFragment[];
}

/** Filters of the task history; all that are set must hold. */
export function HistoryFilters({ search, change, tasks }: HistoryFiltersProps) {
  const extensions = useExtensions().data?.extensions ?? [];
  const { data: users = [] } = useAuthors();
  const { extension, action, user, state = [], startDate, endDate, experiment } = search;
  const actions = extensions.flatMap((each) =>
    extension === undefined || each.name === extension ? each.actions.map(({ name }) => name) : [],
  );
  const bar = useRef<HTMLElement>(null);
  const takeAway = (changes: HistorySearch) => {
    change(changes);
    // What was pressed goes away by that.
    bar.current?.focus({ preventScroll: true });
  };
  return (
    <search ref={bar} tabIndex={-1} className={classes.filters} aria-label="Filters">
      <StateFilter states={state} onChange={(states) => change({ state: states })} />
      <NameFilter
        icon={IconPuzzle}
        label="Extension"
        value={extension}
        names={[...extensions.map(({ name }) => name), ...tasks.map((task) => task.extensionName)]}
        // An action of another extension would hide everything.
        onChange={(name) => change({ extension: name, action: undefined })}
      />
      <NameFilter
        icon={IconBolt}
        label="Action"
        value={action}
        names={[...actions, ...tasks.map((task) => task.actionName)]}
        onChange={(name) => change({ action: name })}
      />
      <NameFilter
        icon={IconUser}
        label="User"
        value={user}
        names={[...users, ...tasks.map((task) => task.createdBy)]}
        onChange={(name) => change({ user: name })}
      />
      <DateFilter
        search={{ ...(startDate && { startDate }), ...(endDate && { endDate }) }}
        onChange={(period) => change({ startDate: period.startDate, endDate: period.endDate })}
      />
      {experiment && (
        <Pill
          withRemoveButton
          onRemove={() => takeAway({ experiment: undefined })}
          removeButtonProps={{ 'aria-label': 'Of any experiment', 'aria-hidden': false, tabIndex: 0 }}
        >
          Experiment {tasks[0]?.experiment.eid ?? experiment.slice(0, 8)}
        </Pill>
      )}
      {isFiltered(search) && (
        <Button variant="subtle" leftSection={<IconX size={14} />} onClick={() => takeAway(NO_FILTERS)}>
          Clear
        </Button>
      )}
    </search>
  );
}
