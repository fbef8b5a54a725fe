import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { byteText } from '../ui/byte-text.ts';
import { Time } from '../ui/time.tsx';
import { visibleName } from '../ui/visible-name.ts';
import classes from './file-list.module.css';
import type { ListedFile } from './use-files.ts';
import { viewersFor } from './viewers/registry.ts';

interface FileRowProps {
  readonly file: ListedFile;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (isSelected: boolean) => void;
}

/** A file in the list. */
export const FileRow = memo(FileRowOf, (before, after) => {
  const { onSelect: _, ...old } = before;
  return Object.entries(old).every(([key, value]) => after[key as keyof FileRowProps] === value);
});

function FileRowOf({ file, isOpen, isSelected, onSelect }: FileRowProps) {
  const { name, size, modifiedAt, createdBy, producedBy } = file;
  const { icon: Icon } = viewersFor({ name, size, type: file.mediaType })[0];
  const origin = producedBy ? `${producedBy.extensionName}: ${producedBy.actionName}` : createdBy;
  return (
    <tr className={classes.row} data-open={isOpen || undefined}>
      <td className={classes.check}>
        <Checkbox
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
        />
      </td>
      <td data-column="name">
        <Link
          from="/aqd/experiments/$id"
          to="."
          search={{ file: name }}
          replace
          resetScroll={false}
          preload={false}
          className={classes.name}
          aria-current={isOpen || undefined}
          title={name}
        >
          <Icon size={15} stroke={1.6} aria-hidden />
          <span className="truncate">{visibleName(name)}</span>
        </Link>
      </td>
      <td data-column="size">{byteText(size)}</td>
      <td data-column="modifiedAt">
        <Time value={modifiedAt} />
      </td>
      <td data-column="origin">
        <div className="truncate" title={producedBy ? `Task ${origin}` : origin}>
          {origin}
        </div>
      </td>
    </tr>
  );
}
