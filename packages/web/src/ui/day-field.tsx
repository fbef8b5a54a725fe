import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { isTypedDay } from './local-days.ts';

interface DayFieldProps {
  readonly label: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly day: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** What is wrong with it, as a sentence. */
  readonly error?: string | undefined;
  /** Told when another day is typed to its end or chosen; undefined where it is taken away. */
  readonly onChange: (day: string | undefined) => void;
}

/** A field for a day. While one is typed, it stays as it is typed. */
export function DayField({ label, day, onChange, ...rest }: DayFieldProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      type="date"
      label={label}
      size="xs"
      value={typed ?? day}
      {...rest}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        if (value === '' || isTypedDay(value)) onChange(value || undefined);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
