import { Group, Tabs, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Time } from '../ui/time.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ExperimentLink } from './experiment-link.tsx';
import type { ReadTaskQuery } from './generated/operations.ts';
import { OutputView } from './output-view.tsx';
import { ProducedFiles } from './produced-files.tsx';
import { Provenance } from './provenance.tsx';
import { TaskDuration } from './task-duration.tsx';
import { TaskFiles } from './task-files.tsx';
import classes from './task-panel.module.css';
import { TaskParameters } from './task-parameters.tsx';
import { hasEnded, TaskState } from './task-state.tsx';

export type FullTask = NonNullable<ReadTaskQuery['task']>;

interface TaskPanelProps {
  readonly task: FullTask;
  /** The button that runs it again. */
  readonly again: ReactNode;
}

/** Everything about a task: what it prints, its files, and what it was run with and in. */
export function TaskPanel({ task, again }: TaskPanelProps) {
  const [tab, setTab] = useState<string | null>('output');
  const isOver = hasEnded(task.taskStatus);
  const fileCount = task.inputs.length + task.outputs.length;
  return (
    <div className={classes.panel}>
      <Group gap="md" className={classes.facts}>
        <span role="status">
          <TaskState status={task.taskStatus} resultCode={task.resultCode} />
        </span>
        <TaskDuration {...task} />
        <Text size="sm" c="dimmed" component="span">
          <Time value={task.receivedAt} /> by {task.createdBy}
        </Text>
        <Group gap="xs" ml="auto">
          {task.viewerCanCancel && <CancelButton uuid={task.uuid} />}
          {again}
        </Group>
      </Group>
      <ExperimentLink experiment={task.experiment} />
      <EndText task={task} />
      <ProducedFiles task={task} />
      <Tabs value={tab} onChange={setTab} className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="output">Output</Tabs.Tab>
          <Tabs.Tab value="parameters">Parameters</Tabs.Tab>
          <Tabs.Tab value="files">Files{fileCount > 0 && ` (${fileCount})`}</Tabs.Tab>
          <Tabs.Tab value="environment">Environment</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="output" className={classes.output}>
          <OutputView key={task.uuid} uuid={task.uuid} hasEnded={isOver} />
        </Tabs.Panel>
        <Tabs.Panel value="parameters" className={classes.scrolling}>
          <TaskParameters task={task} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={classes.scrolling}>
          <TaskFiles task={task} />
        </Tabs.Panel>
        <Tabs.Panel value="environment" className={classes.scrolling}>
          <Provenance task={task} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** How a task that did not succeed came to its end. */
function EndText({ task: { taskStatus, resultCode, startedAt } }: Pick<TaskPanelProps, 'task'>) {
  const text = endText(taskStatus, resultCode, startedAt !== null);
  return text === undefined ? null : <Text size="sm">{text}</Text>;
}

function endText(
  status: FullTask['taskStatus'],
  code: number | null,
  wasStarted: boolean,
): string | undefined {
  if (status === 'REVOKED')
    return wasStarted ? 'It was cancelled while it ran.' : 'It was cancelled before it ran.';
  if (status !== 'FAILURE') return undefined;
  if (code === null) return wasStarted ? 'It ended without an exit code.' : 'It could not be started.';
  return code < 0 ? `It was ended by signal ${-code}.` : `It ended with exit code ${code}.`;
}
