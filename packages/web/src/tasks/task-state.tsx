import {
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHourglass,
  IconLoader2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { TaskStatus } from './generated/operations.ts';
import classes from './task-state.module.css';

interface Look {
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number; className?: string | undefined }>;
}

/** The states of a task as people call them, in the order in which they come. */
export const taskStates: Readonly<Record<TaskStatus, Look>> = {
  PENDING: { label: 'Waiting', icon: IconClock },
  RECEIVED: { label: 'Preparing', icon: IconHourglass },
  STARTED: { label: 'Running', icon: IconLoader2 },
  SUCCESS: { label: 'Succeeded', icon: IconCircleCheck },
  FAILURE: { label: 'Failed', icon: IconCircleX },
  REVOKED: { label: 'Cancelled', icon: IconBan },
};

/** Whether a task has come to its end, which it never leaves. */
export function hasEnded(status: TaskStatus): boolean {
  return status === 'SUCCESS' || status === 'FAILURE' || status === 'REVOKED';
}

interface TaskStateProps {
  readonly status: TaskStatus;
  /** Shown where a task failed with one. */
  readonly resultCode?: number | null;
}

/** The state of a task: a colour, an icon and a word. */
export function TaskState({ status, resultCode = null }: TaskStateProps) {
  const { label, icon: Icon } = taskStates[status];
  const code = status === 'FAILURE' && resultCode !== null ? ` (${resultCode})` : '';
  return (
    <span className={classes.state} data-status={status}>
      <Icon size={16} stroke={1.8} className={status === 'STARTED' ? classes.turning : undefined} />
      <span>
        {label}
        {code}
      </span>
    </span>
  );
}
