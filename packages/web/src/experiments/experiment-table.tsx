import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { CheckBox } from '../ui/check-box.tsx';
import { ExperimentRow } from './experiment-row.tsx';
import classes from './experiment-table.module.css';
import type { ExperimentOrder } from './generated/operations.ts';
import type { ExperimentRow as Row } from './use-experiments.ts';
import type { Selection } from './use-selection.ts';

interface ExperimentTableProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly selection: Selection<Row>;
  readonly orderBy: ExperimentOrder;
  /** Whether better rows are on their way. */
  readonly isStale: boolean;
  readonly onOrder: (orderBy: ExperimentOrder) => void;
  readonly onToggle: (uuid: string, isRange: boolean) => void;
  readonly onStar: (row: Row) => void;
  readonly onOpen: (eid: string) => void;
  /** What can be done with the chosen rows. */
  readonly actions: ReactNode;
}

/** A page of experiments, one in each line. */
export function ExperimentTable(props: ExperimentTableProps) {
  const { label, rows, selection, orderBy, isStale, onOrder, onToggle, onStar, onOpen, actions } = props;
  const { size } = selection.uuids;
  const isAnyChosen = selection.chosen.length > 0;
  const dates = orderBy.startsWith('UPDATED') ? 'UPDATED' : 'CREATED';
  const order = { orderBy, onOrder };
  const head = useRef<HTMLTableSectionElement>(null);
  const wasAnyChosen = useRef(false);
  useEffect(() => {
    // What can be done with the chosen ones has gone, and may have taken the focus with it.
    const isLost = wasAnyChosen.current && !isAnyChosen && document.activeElement === document.body;
    if (isLost) head.current?.querySelector('input')?.focus({ preventScroll: true });
    wasAnyChosen.current = isAnyChosen;
  }, [isAnyChosen]);
  return (
    <div className={classes.frame}>
      {isAnyChosen && <div className={classes.actions}>{actions}</div>}
      <table className={classes.table} data-stale={isStale || undefined}>
        <caption className="visually-hidden">{label}</caption>
        <thead ref={head}>
          <tr className={classes.headRow} data-chosen={isAnyChosen || undefined}>
            <th className={classes.check}>
              <CheckBox
                label="Choose all of this page"
                checked={rows.length > 0 && size === rows.length}
                isPartly={size > 0 && size < rows.length}
                disabled={rows.length === 0}
                onChange={selection.toggleAll}
              />
            </th>
            <th className={classes.star}>
              <span className="visually-hidden">Favourite</span>
            </th>
            <th className={classes.eid}>EID</th>
            <SortedHead className={classes.title} column="TITLE" {...order}>
              Title
            </SortedHead>
            <th className={classes.description}>Description</th>
            <th className={classes.tags}>Tags</th>
            <th className={classes.author}>Author</th>
            <SortedHead className={classes.time} column={dates} {...order}>
              {dates === 'UPDATED' ? 'Updated' : 'Created'}
            </SortedHead>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ExperimentRow
              key={row.uuid}
              row={row}
              isChosen={selection.uuids.has(row.uuid)}
              showsUpdate={dates === 'UPDATED'}
              onToggle={onToggle}
              onStar={onStar}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortedHeadProps {
  readonly className: string | undefined;
  readonly column: 'TITLE' | 'CREATED' | 'UPDATED';
  readonly orderBy: ExperimentOrder;
  readonly onOrder: (orderBy: ExperimentOrder) => void;
  readonly children: ReactNode;
}

function SortedHead({ className, column, orderBy, onOrder, children }: SortedHeadProps) {
  const isOurs = orderBy.startsWith(column);
  const isUp = orderBy.endsWith('ASC');
  const next: ExperimentOrder = isOurs
    ? `${column}_${isUp ? 'DESC' : 'ASC'}`
    : `${column}_${column === 'TITLE' ? 'ASC' : 'DESC'}`;
  return (
    <th className={className} aria-sort={isOurs ? (isUp ? 'ascending' : 'descending') : 'none'}>
      <button type="button" className={classes.sort} onClick={() => onOrder(next)}>
        {children}
        {isOurs && (isUp ? <IconArrowUp size={13} aria-hidden /> : <IconArrowDown size={13} aria-hidden />)}
      </button>
    </th>
  );
}
