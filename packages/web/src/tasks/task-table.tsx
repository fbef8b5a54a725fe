import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Time } from '../ui/time.tsx';
import { visibleName } from '../ui/visible-name.ts';
import type { TaskRowFragment } from './generated/operations.ts';
import { taskAddress } from './task-address.ts';
import { TaskDuration } from './task-duration.tsx';
import { TaskState } from './task-state.tsx';
import classes from './task-table.module.css';

interface TaskTableProps {
  readonly tasks: readonly TaskRowFragment[];
  /** Names the table for those who can not see where it stands. */
  readonly label: string;
  /** Whether they are of one experiment, which then needs no column. */
  readonly isOfOneExperiment?: boolean;
  /** The one whose details are shown. */
  readonly open?: string | undefined;
  readonly onOpen: (uuid: string) => void;
}

/** Tasks in dense rows. Each leads to its details: by click, by keyboard, and as a link to open elsewhere. */
export function TaskTable({ tasks, label, isOfOneExperiment = false, open, onOpen }: TaskTableProps) {
  return (
    <table className={classes.table} aria-label={label} data-one={isOfOneExperiment || undefined}>
      <thead>
        <tr>
          <th scope="col" className={classes.state}>
            State
          </th>
          <th scope="col" className={classes.actionCell}>
            Action
          </th>
          <th scope="col" className={classes.extension}>
            Extension
          </th>
          {!isOfOneExperiment && <th scope="col">Experiment</th>}
          <th scope="col" className={classes.user}>
            User
          </th>
          <th scope="col" className={classes.time}>
            Received
          </th>
          <th scope="col" className={classes.duration}>
            Duration
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <Row
            key={task.uuid}
            task={task}
            isOfOneExperiment={isOfOneExperiment}
            isOpen={task.uuid === open}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<TaskTableProps, 'isOfOneExperiment' | 'onOpen'> {
  readonly task: TaskRowFragment;
  readonly isOpen: boolean;
}

function Row({ task, isOfOneExperiment, isOpen, onOpen }: RowProps) {
  const { experiment } = task;
  return (
    <tr className={classes.row} data-uuid={task.uuid} data-open={isOpen || undefined}>
      <td className={classes.state}>
        <TaskState status={task.taskStatus} resultCode={task.resultCode} />
      </td>
      <td className="truncate">
        <a
          className={classes.action}
          href={taskAddress(task.uuid)}
          title={`${task.actionName}, of ${task.extensionName}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(task.uuid);
          }}
        >
          {task.actionName}
        </a>
      </td>
      <td className={`truncate ${classes.extension}`} title={task.extensionName}>
        {task.extensionName}
      </td>
      {!isOfOneExperiment && (
        <td className="truncate">
          <Link
            className={classes.experiment}
            to="/aqd/experiments/$id"
            params={{ id: experiment.eid }}
            title={`${experiment.eid} ${experiment.title}`}
          >
            <span>{experiment.eid}</span> <bdi className={classes.title}>{visibleName(experiment.title)}</bdi>
          </Link>
        </td>
      )}
      <td className={`truncate ${classes.user}`} title={task.createdBy}>
        {task.createdBy}
      </td>
      <td className={classes.time}>
        <Time value={task.receivedAt} />
      </td>
      <td className={classes.duration}>
        <TaskDuration {...task} />
        {isOpen && <VisuallyHidden>, shown</VisuallyHidden>}
      </td>
    </tr>
  );
}
