import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { FilterButton } from '../ui/filter-button.tsx';
import classes from './task-history-page.module.css';

/** So many are seen at a glance. */
const FEW = 7;

interface NameFilterProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
  readonly value: string | undefined;
  readonly names: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

/** Filters by a whole name: one that is known, or any other that was in use once. */
export function NameFilter({ icon, label, value, names, onChange }: NameFilterProps) {
  return (
    <FilterButton icon={icon} label={label} value={value}>
      <Names label={label} value={value} names={names} onChange={onChange} />
    </FilterButton>
  );
}

function Names({ label, value, names, onChange }: Omit<NameFilterProps, 'icon'>) {
  const [text, setText] = useState('');
  const all = [...new Set(value === undefined ? names : [...names, value])].sort((a, b) =>
    a.localeCompare(b),
  );
  const found = all.filter((name) => name.toLowerCase().includes(text.trim().toLowerCase()));
  const typed = text.trim();
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        aria-label={`${label}: find or type a name`}
        placeholder={all.length > FEW ? 'Find a name' : 'Another name'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        spellCheck={false}
      />
      <Radio.Group aria-label={label} value={value ?? ''} onChange={onChange}>
        <div className={classes.names}>
          {found.map((name) => (
            <Radio key={name} size="xs" value={name} label={name} />
          ))}
          {typed !== '' && !all.includes(typed) && (
            <Radio size="xs" value={typed} label={`Exactly “${typed}”`} />
          )}
        </div>
      </Radio.Group>
      <Button variant="subtle" onClick={() => onChange(undefined)} disabled={value === undefined}>
        Any {label.toLowerCase()}
      </Button>
    </Stack>
  );
}
