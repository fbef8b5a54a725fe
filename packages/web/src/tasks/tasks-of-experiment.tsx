import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureNotice } from '../session/failure-notice.tsx';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { Loading } from '../ui/loading.tsx';
import { useTasks } from './find-tasks.ts';
import { useLiveTasks } from './live-tasks.ts';
import { taskHistoryOf } from './task-address.ts';
import { TaskTable } from './task-table.tsx';

const TaskDrawer = lazyPart(async () => (await import('./task-drawer.tsx')).TaskDrawer);

/** More of them are found in the task history. */
const MOST = 50;

interface TasksOfExperimentProps {
  readonly experimentUuid: string;
  /** Whether one can be run on it. */
  readonly canRun: boolean;
}

/** The tasks of an experiment with their state, live; each opens its details. */
export function TasksOfExperiment({ experimentUuid, canRun }: TasksOfExperimentProps) {
  useLiveTasks();
  const [open, setOpen] = useState<string>();
  const filters = { experiment: { type: 'UUID', value: experimentUuid } } as const;
  const { data: tasks, error, refetch } = useTasks(filters, MOST);
  const close = () => setOpen(undefined);

  if (!tasks && error)
    return <FailureNotice what="read the tasks" error={error} retry={() => void refetch()} />;
  if (!tasks) return <Loading what="Reading the tasks" />;
  return (
    <>
      {tasks.length === 0 ? (
        <Text size="sm" c="dimmed" py="xs">
          No tasks yet.{canRun && ' Run an extension, and what it does is kept here.'}
        </Text>
      ) : (
        <TaskTable
          tasks={tasks}
          label="Tasks of the experiment"
          isOfOneExperiment
          open={open}
          onOpen={setOpen}
        />
      )}
      {tasks.length === MOST && (
        <Anchor href={taskHistoryOf(experimentUuid)} size="sm">
          The {MOST} newest are shown; all are in the task history
        </Anchor>
      )}
      <DialogPlace isOpen={open !== undefined} onClose={close}>
        <TaskDrawer uuid={open} onOpen={setOpen} onClose={close} onLeave={close} />
      </DialogPlace>
    </>
  );
}
