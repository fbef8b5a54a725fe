import { Button, Drawer, Group } from '@mantine/core';
import { IconLink, IconPlayerTrackNext } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { RerunForm } from '../extensions/rerun-form.tsx';
import { FailureNotice } from '../session/failure-notice.tsx';
import { failureCode } from '../session/failure-text.ts';
import { UnreachableBanner } from '../session/unreachable-banner.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTask } from './find-tasks.ts';
import { LeaveDrawer } from './leave-drawer.ts';
import { useLiveTasks } from './live-tasks.ts';
import { taskAddress } from './task-address.ts';
import classes from './task-drawer.module.css';
import { type FullTask, TaskPanel } from './task-panel.tsx';

interface TaskDrawerProps {
  /** The task to show; undefined closes it. */
  readonly uuid: string | undefined;
  /** Another task is to be shown: this one was run again. */
  readonly onOpen: (uuid: string) => void;
  readonly onClose: () => void;
  /** A link in it was followed. */
  readonly onLeave?: () => void;
}

/** Everything about a task, at the right edge; and a form to run it again. */
export function TaskDrawer({ uuid, onOpen, onClose, onLeave }: TaskDrawerProps) {
  // What it shows while it closes.
  const [last, setLast] = useState(uuid);
  useEffect(() => {
    if (uuid !== undefined) setLast(uuid);
  }, [uuid]);
  const shown = uuid ?? last;
  return (
    <Drawer.Root opened={uuid !== undefined} onClose={onClose} position="right" size="min(860px, 100vw)">
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content className={classes.drawer}>
        <div className={classes.content}>
          {/* The page's own lies below. */}
          <UnreachableBanner />
          <LeaveDrawer value={onLeave}>
            {shown !== undefined && <Contents key={shown} uuid={shown} onOpen={onOpen} />}
          </LeaveDrawer>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Contents({ uuid, onOpen }: { readonly uuid: string; readonly onOpen: (uuid: string) => void }) {
  useLiveTasks();
  const [isFormOpen, setFormOpen] = useState(false);
  const again = useRef<HTMLButtonElement>(null);
  const goBack = () => {
    flushSync(() => setFormOpen(false));
    again.current?.focus({ preventScroll: true });
  };
  const { data: task, error, refetch } = useTask(uuid);
  if (task === undefined || task === null) {
    return (
      <Frame title="Task">
        <Absent uuid={uuid} task={task} error={error} retry={() => void refetch()} />
      </Frame>
    );
  }
  const title = <TaskTitle task={task} />;
  if (isFormOpen) {
    return (
      <Frame title={title}>
        <RerunForm task={task} onSubmitted={onOpen} onBack={goBack} />
      </Frame>
    );
  }
  return (
    <Frame
      title={title}
      actions={<CopyButton text={taskAddress(uuid)} what="link" icon={<IconLink size={16} />} />}
    >
      <TaskPanel
        task={task}
        again={
          task.experiment.viewerCanEdit && (
            <Button
              ref={again}
              variant="default"
              leftSection={<IconPlayerTrackNext size={15} />}
              onClick={() => setFormOpen(true)}
            >
              Run again with changes
            </Button>
          )
        }
      />
    </Frame>
  );
}

function TaskTitle({ task }: { readonly task: FullTask }) {
  return (
    <span className={classes.title}>
      <b className="truncate" title={task.actionName}>
        {task.actionName}
      </b>
      <span className={`truncate ${classes.extension}`} title={task.extensionName}>
        {task.extensionName}
      </span>
    </span>
  );
}

interface AbsentProps {
  readonly uuid: string;
  readonly task: null | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

function Absent({ uuid, task, error, retry }: AbsentProps) {
  if (task === null || isUnknown(error)) {
    return (
      <Notice title="There is no such task">
        <code>{uuid.slice(0, 80)}</code> is no task of this server, or none that you may see.
      </Notice>
    );
  }
  if (error) return <FailureNotice what="read the task" error={error} retry={retry} />;
  return <Loading what="Reading the task" />;
}

interface FrameProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

function Frame({ title, actions, children }: FrameProps) {
  return (
    <>
      <Drawer.Header className={classes.header}>
        <Drawer.Title className={classes.heading}>{title}</Drawer.Title>
        <Group gap={4} wrap="nowrap">
          {actions}
          <Drawer.CloseButton aria-label="Close" />
        </Group>
      </Drawer.Header>
      <Drawer.Body className={classes.body}>{children}</Drawer.Body>
    </>
  );
}

/** The server says it in either of these ways. */
function isUnknown(error: unknown): boolean {
  const code = failureCode(error);
  return code === 'NOT_FOUND' || code === 'BAD_INPUT';
}
