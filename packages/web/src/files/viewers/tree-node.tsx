import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { isRecord } from './is-record.ts';
import classes from './tree-viewer.module.css';

/** So many members at once: a list may have a million. */
const AT_ONCE = 100;
/** Deeper ones are closed at first, and so are long ones. */
const OPEN_DEPTH = 2;
const OPEN_LENGTH = 60;
const LONGEST_TEXT = 2000;

interface TreeNodeProps {
  /** Name or number of the member; the root has none. */
  readonly name?: string;
  readonly value: unknown;
  readonly depth: number;
}

/** A value, and what is in it. */
export function TreeNode({ name, value, depth }: TreeNodeProps) {
  const members = membersOf(value);
  const [isOpen, setOpen] = useState(
    depth === 0 || (depth < OPEN_DEPTH && (members?.length ?? 0) <= OPEN_LENGTH),
  );
  const [most, setMost] = useState(AT_ONCE);
  if (!members || members.length === 0) {
    return (
      <li>
        {name !== undefined && <span className={classes.name}>{name}: </span>}
        <Leaf value={value} />
      </li>
    );
  }
  const what = Array.isArray(value) ? 'item' : 'member';
  return (
    <li>
      <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconChevronRight size={13} aria-hidden />
        {name !== undefined && <span className={classes.name}>{name}</span>}
        <span className={classes.count}>
          {Array.isArray(value) ? '[ ]' : '{ }'} {members.length} {members.length === 1 ? what : `${what}s`}
        </span>
      </button>
      {isOpen && (
        <ul>
          {members.slice(0, most).map(([key, member]) => (
            <TreeNode key={key} name={key} value={member} depth={depth + 1} />
          ))}
          {members.length > most && (
            <li>
              <button type="button" className={classes.more} onClick={() => setMost(most + 10 * AT_ONCE)}>
                Show more: {members.length - most} are left
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  if (typeof value === 'string') {
    const isLong = value.length > LONGEST_TEXT;
    return (
      <span className={classes.string}>
        “{isLong ? value.slice(0, LONGEST_TEXT) : value}”{isLong && ` … ${value.length} characters`}
      </span>
    );
  }
  if (Array.isArray(value)) return <span className={classes.count}>[ ] empty</span>;
  if (isRecord(value)) return <span className={classes.count}>{'{ }'} empty</span>;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  return <span className={isNumber ? classes.number : classes.constant}>{String(value)}</span>;
}

function membersOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) return value.map((member, i) => [String(i), member]);
  return isRecord(value) ? Object.entries(value) : undefined;
}
