import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useRef, useState } from 'react';
import { DialogPlace } from './dialog-place.tsx';
import classes from './filter-button.module.css';
import { lazyPart } from './lazy-part.ts';

const loadDropdown = () => import('./filter-dropdown.tsx');
const FilterDropdown = lazyPart(async () => (await loadDropdown()).FilterDropdown);

interface FilterButtonProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
  /** What it filters by; `undefined` where it does not. */
  readonly value: string | undefined;
  /** The fields of the filter. Lazy parts are loaded when it is opened first. */
  readonly children: ReactNode;
}

/** Opens a filter, and says what it is set to. */
export function FilterButton({ icon: Icon, label, value, children }: FilterButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
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
        onPointerEnter={() => void loadDropdown().catch(() => undefined)}
        leftSection={<Icon size={15} stroke={1.6} />}
        rightSection={<IconChevronDown size={13} />}
      >
        {label}
        {value !== undefined && <span className={classes.value}>{value}</span>}
      </Button>
      <DialogPlace isOpen={isOpen} onClose={close}>
        {isOpen && (
          <FilterDropdown label={`Filter by ${label.toLowerCase()}`} button={button.current} onClose={close}>
            {children}
          </FilterDropdown>
        )}
      </DialogPlace>
    </div>
  );
}
