import { TextLink } from '../ui/text-link.tsx';
import { visibleName } from '../ui/visible-name.ts';
import type { TaskRowFragment } from './generated/operations.ts';
import { useLeaveDrawer } from './leave-drawer.ts';
import classes from './task-panel.module.css';

/** Leads to the experiment of a task. */
export function ExperimentLink({ experiment }: Pick<TaskRowFragment, 'experiment'>) {
  const { eid, title } = experiment;
  return (
    <div className={classes.experiment}>
      <TextLink to="/aqd/experiments/$id" params={{ id: eid }} size="sm" onClick={useLeaveDrawer()}>
        {eid}
      </TextLink>
      <span className="truncate" title={title} dir="auto">
        {visibleName(title)}
      </span>
    </div>
  );
}
