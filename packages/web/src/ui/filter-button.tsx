import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { DialogPlace } from './dialog-place.tsx';
import classes from './filter-button.module.css';
import { lazyPart } from './lazy-part.ts';

const FilterDropdown = lazyPart(async () => (await import('./filter-dropdown.tsx')).FilterDropdown);

interface FilterButtonProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
  /** What it filters by; `undefined` where it does not. */
  readonly value: string | undefined;
  /** Loads what is lazy in the fields: it is called when the filter may be opened soon. */
  readonly preload?: () => void;
  /** The fields of the filter. */
  readonly children: ReactNode;
}

/** Opens a filter, and says what it is set to. */
export function FilterButton({ icon: Icon, label, value, preload, children }: FilterButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const giveUp = () => {
    // A field that loses the focus takes what is half typed in it: it has to go first.
    flushSync(() => setOpen(false));
    button.current?.focus();
  };
  const prepare = () => {
    FilterDropdown.preload();
    preload?.();
  };
  return (
    <div className={classes.place}>
      <Button
        ref={button}
        variant="default"
        className={classes.button}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setOpen(!isOpen)}
        onPointerEnter={prepare}
        onFocus={prepare}
        leftSection={<Icon size={15} stroke={1.6} />}
        rightSection={<IconChevronDown size={13} />}
      >
        {label}
        {value !== undefined && <span className={classes.value}>{value}</span>}
      </Button>
      <DialogPlace isOpen={isOpen} onClose={close}>
        {isOpen && (
          <FilterDropdown
            label={`Filter by ${label.toLowerCase()}`}
            button={button.current}
            onClose={close}
            onGiveUp={giveUp}
          >
            {children}
          </FilterDropdown>
        )}
      </DialogPlace>
    </div>
  );
}
