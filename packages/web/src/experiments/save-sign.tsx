import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import type { DraftSnapshot, SaveState } from './experiment-draft.ts';
import classes from './experiment-page.module.css';

const WORDS: Readonly<Record<SaveState, string>> = {
  saved: 'Saved',
  waiting: 'Saving …',
  saving: 'Saving …',
  refused: 'Not saved',
  failed: 'Not saved',
  conflict: 'Not saved: changed by somebody else',
};

/** Says whether what was written is saved. */
export function SaveSign({ state, problem }: Pick<DraftSnapshot, 'state' | 'problem'>) {
  const isTrouble = state === 'refused' || state === 'failed' || state === 'conflict';
  const Icon = isTrouble ? IconAlertTriangle : state === 'saved' ? IconCloudCheck : IconCloudUp;
  return (
    <Group
      role="status"
      gap={5}
      wrap="nowrap"
      className={isTrouble ? classes.trouble : classes.sign}
      data-state={state}
    >
      <Icon size={15} stroke={1.6} aria-hidden />
      <Text size="xs" span>
        {problem ?? WORDS[state]}
      </Text>
    </Group>
  );
}
