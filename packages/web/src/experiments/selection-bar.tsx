import { Button, Group, Text } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconColumns,
  IconStar,
  IconStarOff,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { MOST_COMPARED } from '../compare/compare-search.ts';
import classes from './selection-bar.module.css';
import { isArchived, isFavourite } from './system-marks.ts';
import type { ExperimentRow } from './use-experiments.ts';

interface SelectionBarProps {
  readonly chosen: readonly ExperimentRow[];
  /** How many of them are on other pages. */
  readonly elsewhere: number;
  readonly onTag: () => void;
  readonly onStar: (isWanted: boolean) => void;
  readonly onArchive: (isWanted: boolean) => void;
  readonly onCompare: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen experiments. */
export function SelectionBar(props: SelectionBarProps) {
  const { chosen, elsewhere, onTag, onStar, onArchive, onCompare, onRemove, onClear } = props;
  const allStarred = chosen.every(isFavourite);
  const allArchived = chosen.every(isArchived);
  const isFixed = !chosen.every(({ viewerCanEdit }) => viewerCanEdit);
  return (
    <Group gap={4} wrap="nowrap" role="toolbar" aria-label="With the chosen experiments">
      <Text size="xs" fw={600} mr="xs" c="var(--mantine-color-text)" aria-live="polite">
        {chosen.length} chosen{elsewhere > 0 && `, ${elsewhere} on other pages`}
      </Text>
      <Action icon={IconTag} label="Tags" onClick={onTag} disabled={isFixed} />
      <Action
        icon={allStarred ? IconStarOff : IconStar}
        label={allStarred ? 'No favourite' : 'Favourite'}
        onClick={() => onStar(!allStarred)}
        disabled={isFixed}
      />
      <Action
        icon={allArchived ? IconArchiveOff : IconArchive}
        label={allArchived ? 'Take back' : 'Archive'}
        onClick={() => onArchive(!allArchived)}
        disabled={isFixed}
      />
      <Action
        icon={IconColumns}
        label="Compare"
        title={`Compare 2 to ${MOST_COMPARED} experiments`}
        onClick={onCompare}
        disabled={chosen.length < 2 || chosen.length > MOST_COMPARED}
      />
      {allArchived && (
        <Action
          icon={IconTrash}
          label="Delete"
          isDanger
          onClick={onRemove}
          disabled={!chosen.every(({ viewerCanDelete }) => viewerCanDelete)}
        />
      )}
      <Action icon={IconX} label="Clear" onClick={onClear} />
    </Group>
  );
}

interface ActionProps {
  readonly icon: typeof IconTag;
  readonly label: string;
  /** On hover, if it is more than the label. */
  readonly title?: string;
  readonly isDanger?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Action({ icon: Icon, label, title = label, isDanger = false, ...rest }: ActionProps) {
  return (
    <Button
      aria-label={label}
      title={title}
      size="compact-xs"
      variant="subtle"
      color="gray"
      {...(isDanger && { c: 'var(--mantine-color-error)' })}
      leftSection={<Icon size={14} stroke={1.6} />}
      {...rest}
    >
      <span className={classes.label}>{label}</span>
    </Button>
  );
}
