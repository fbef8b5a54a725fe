import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './filter-button.module.css';

interface FilterDropdownProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What a filter button opens. It is placed by the invisible element at the button's lower edge. */
export function FilterDropdown({ label, onClose, children }: FilterDropdownProps) {
  return (
    <Popover opened onDismiss={onClose} position="bottom-start" trapFocus width={300} offset={4}>
      <Popover.Target>
        <span className={classes.anchor} aria-hidden />
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}
