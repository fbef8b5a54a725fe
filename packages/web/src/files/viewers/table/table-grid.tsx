import { useRef, useState } from 'react';
import type { Table } from './parse-table.ts';
import classes from './table-grid.module.css';

/** As in the style sheet: which rows are in sight follows from it. */
const ROW_PX = 26;
/** Rows beyond the edges, so that scrolling shows no gaps. */
const SPARE = 20;
/** Browsers know no higher elements than this. */
const MOST_PX = 8_000_000;

/** The rows of a table; only those in sight are in the page, so a million scroll like ten. */
export function TableGrid({ table }: { readonly table: Table }) {
  const box = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const shown = Math.min(table.rowCount, Math.floor(MOST_PX / ROW_PX));
  // A file that was replaced may have fewer rows than were scrolled past.
  const first = Math.max(0, Math.min(Math.floor(top / ROW_PX), shown - 1) - SPARE);
  const inSight = Math.ceil((box.current?.clientHeight ?? 800) / ROW_PX) + 2 * SPARE;
  const last = Math.min(shown, first + inSight);
  return (
    <section
      ref={box}
      className={`print-whole ${classes.grid}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
      tabIndex={0}
      aria-label="Contents"
      onScroll={({ currentTarget }) => {
        const now = currentTarget.scrollTop;
        // A step of a few rows at a time is enough.
        if (Math.abs(now - top) > (SPARE / 2) * ROW_PX) setTop(now);
      }}
    >
      <table aria-rowcount={table.rowCount + 1}>
        <thead>
          <tr>
            <th scope="col" title={table.rowsHint}>
              {table.rowsName ?? '#'}
            </th>
            {table.columns.map(({ name, numbers }) => (
              <th key={name} scope="col" data-numbers={numbers !== undefined || undefined} title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} />
          {Array.from({ length: last - first }, (_, i) => first + i).map((row) => (
            <tr key={row} aria-rowindex={row + 2}>
              <td>{table.rowName?.(row) ?? row + 1}</td>
              {table.columns.map(({ name, numbers }, column) => (
                <td key={name} data-numbers={numbers !== undefined || undefined}>
                  {table.cell(row, column)}
                </td>
              ))}
            </tr>
          ))}
          <Gap rows={shown - last} />
        </tbody>
      </table>
      {last - first < table.rowCount && (
        <p className={`print-only ${classes.note}`}>
          Of {table.rowCount.toLocaleString()} rows, {(first + 1).toLocaleString()} to {last.toLocaleString()}{' '}
          are printed. Download the file to print all.
        </p>
      )}
      {shown < table.rowCount && (
        <p className={classes.note}>
          Only the first {shown.toLocaleString()} rows are shown. Download the file to see all.
        </p>
      )}
    </section>
  );
}

/** In the place of rows that are not in sight. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden className="print-never" style={{ height: rows * ROW_PX }}>
      <td />
    </tr>
  );
}
