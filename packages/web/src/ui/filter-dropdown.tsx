import { Popover } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import classes from './filter-button.module.css';

interface FilterDropdownProps {
  readonly label: string;
  /** Closes it itself when it is pressed: that is no press outside. */
  readonly button: HTMLElement | null;
  readonly onClose: () => void;
  /** Escape was pressed. */
  readonly onGiveUp: () => void;
  readonly children: ReactNode;
}

/** What a filter button opens. It is placed by the invisible element at the button's lower edge. */
export function FilterDropdown({ label, button, onClose, onGiveUp, children }: FilterDropdownProps) {
  const [dropdown, setDropdown] = useState<HTMLElement | null>(null);
  useClickOutside(onClose, undefined, [button, dropdown]);
  return (
    <Popover
      opened
      onDismiss={onGiveUp}
      closeOnClickOutside={false}
      position="bottom-start"
      trapFocus
      width={300}
      offset={4}
    >
      <Popover.Target>
        <span className={classes.anchor} aria-hidden />
      </Popover.Target>
      <Popover.Dropdown ref={setDropdown} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
