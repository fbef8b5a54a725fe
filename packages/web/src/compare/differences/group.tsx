import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { visibleName } from '../../ui/visible-name.ts';
import type { DifferenceRow } from './difference-rows.ts';
import classes from './differences.module.css';

/** So many rows at once: an experiment may have thousands of files. */
const AT_ONCE = 200;

interface GroupProps {
  readonly title: string;
  /** What there is to say of the whole group. */
  readonly notes: readonly string[];
  readonly rows: readonly DifferenceRow[];
  readonly columns: number;
  readonly children: (row: DifferenceRow) => ReactNode;
}

/** Rows that belong together, below their title. */
export function Group({ title, notes, rows, columns, children }: GroupProps) {
  const [most, setMost] = useState(AT_ONCE);
  return (
    <tbody>
      <tr className={classes.group}>
        <th scope="rowgroup" colSpan={columns + 1}>
          <div className={classes.groupHead}>
            <span className={classes.groupTitle}>{visibleName(title)}</span>
            {notes.map((note) => (
              <span key={note} className={classes.note}>
                {note}
              </span>
            ))}
          </div>
        </th>
      </tr>
      {rows.slice(0, most).map(children)}
      {rows.length > most && (
        <tr>
          <td colSpan={columns + 1}>
            <Button variant="subtle" size="compact-xs" onClick={() => setMost(most + AT_ONCE)}>
              Show more of {rows.length}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
