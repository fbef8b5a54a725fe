import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react';
import { type RefObject, useMemo, useState } from 'react';
import classes from './file-list.module.css';
import { type FileColumn, type FileOrder, NEWEST_FIRST, nextOrder, sortFiles } from './file-order.ts';
import { FileRow } from './file-row.tsx';
import type { ListedFile } from './use-files.ts';
import { useRowInSight } from './use-row-in-sight.ts';

/** From here on a list is easier searched than looked through. */
const WORTH_SEARCHING = 12;
/** So many rows at once: an experiment may have thousands. */
const ROWS_AT_ONCE = 200;

const COLUMNS: readonly { column: FileColumn; label: string }[] = [
  { column: 'name', label: 'Name' },
  { column: 'size', label: 'Size' },
  { column: 'modifiedAt', label: 'Date' },
];

interface FileListProps {
  readonly files: readonly ListedFile[];
  /** Name of the one in the viewer. */
  readonly open: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (change: (selected: ReadonlySet<string>) => ReadonlySet<string>) => void;
  readonly ref: RefObject<HTMLElement | null>;
}

/** The files of an experiment: to sort, search, open and choose from. */
export function FileList({ files, open, selected, onSelect, ref }: FileListProps) {
  const [order, setOrder] = useState<FileOrder>(NEWEST_FIRST);
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const wanted = search.trim().toLowerCase();
  // Whoever writes the description draws the page anew with each key.
  const found = useMemo(
    () =>
      sortFiles(
        files.filter(({ name }) => name.toLowerCase().includes(wanted)),
        order,
      ),
    [files, wanted, order],
  );
  useRowInSight(ref, open, found);
  const chosen = found.filter(({ name }) => selected.has(name)).length;
  // From what is selected by then: rows keep the function of the time they were last drawn.
  const toggle = (names: readonly string[], isOn: boolean) =>
    onSelect((before) => {
      const changed = new Set(names);
      return isOn ? before.union(changed) : before.difference(changed);
    });
  return (
    <>
      {(files.length >= WORTH_SEARCHING || search !== '') && (
        <TextInput
          type="search"
          size="xs"
          mb={6}
          aria-label="Search the files by name"
          placeholder={`Search ${files.length} files`}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <section ref={ref} className={`print-whole ${classes.scroll}`} tabIndex={0} aria-label="List of files">
        <table className={classes.table}>
          <thead>
            <tr>
              <th className={classes.check}>
                <Checkbox
                  aria-label="Select all files"
                  checked={chosen > 0 && chosen === found.length}
                  indeterminate={chosen > 0 && chosen < found.length}
                  onChange={({ currentTarget }) =>
                    toggle(
                      found.map(({ name }) => name),
                      currentTarget.checked,
                    )
                  }
                />
              </th>
              {COLUMNS.map(({ column, label }) => (
                <th key={column} data-column={column} aria-sort={sortOf(order, column)}>
                  <button type="button" onClick={() => setOrder(nextOrder(order, column))}>
                    {label}
                    {order.column === column &&
                      (order.isDescending ? (
                        <IconArrowDown size={13} aria-hidden />
                      ) : (
                        <IconArrowUp size={13} aria-hidden />
                      ))}
                  </button>
                </th>
              ))}
              <th data-column="origin">Made by</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((file) => (
              <FileRow
                key={file.name}
                file={file}
                isOpen={file.name === open}
                isSelected={selected.has(file.name)}
                onSelect={(isOn) => toggle([file.name], isOn)}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && <p className={classes.nothing}>No file has “{search}” in its name.</p>}
        {found.length > most && (
          <Button variant="subtle" fullWidth onClick={() => setMost(most + ROWS_AT_ONCE)}>
            Show more of {found.length}
          </Button>
        )}
      </section>
    </>
  );
}

function sortOf(order: FileOrder, column: FileColumn): 'ascending' | 'descending' | 'none' {
  if (order.column !== column) return 'none';
  return order.isDescending ? 'descending' : 'ascending';
}
