import { Text } from '@mantine/core';
import { TextLink } from '../ui/text-link.tsx';
import { FileLink } from './file-link.tsx';
import { useLeaveDrawer } from './leave-drawer.ts';
import classes from './task-panel.module.css';
import type { FullTask } from './task-panel.tsx';

/** What a task was run with. */
export function TaskParameters({ task }: { readonly task: FullTask }) {
  if (task.parameters.length === 0) return <Text c="dimmed">It has no parameters.</Text>;
  return (
    <table className={classes.table}>
      <tbody>
        {task.parameters.map(({ key, value }) => (
          <tr key={key.name}>
            <th scope="row" title={key.name}>
              {key.displayName ?? key.name}
            </th>
            <td>
              <Value dataType={key.dataType} value={value ?? ''} eid={task.experiment.eid} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ValueProps {
  readonly dataType: string;
  readonly value: string;
  /** The experiment that files are of. */
  readonly eid: string;
}

function Value({ dataType, value, eid }: ValueProps) {
  const leave = useLeaveDrawer();
  if (value === '') {
    return (
      <Text size="sm" c="dimmed">
        empty
      </Text>
    );
  }
  if (dataType === 'experiment') {
    return (
      <TextLink to="/aqd/experiments/$id" params={{ id: value }} size="sm" onClick={leave}>
        {value}
      </TextLink>
    );
  }
  if (dataType === 'file') return <FileLink eid={eid} name={value} />;
  if (dataType === 'bool') return value === '1' ? 'yes' : 'no';
  return <div className={classes.value}>{value}</div>;
}
