import { Autocomplete, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './run-drawer.module.css';

interface FileFieldProps {
  readonly label: string;
  readonly description: ReactNode;
  readonly descriptionProps: { readonly component: 'div' };
  readonly error: string | undefined;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Undefined while they are not known. */
  readonly files: readonly { readonly name: string }[] | undefined;
}

/** The name of a file: one of the experiment's, or any text, with a word of warning. */
export function FileField({ value, onChange, files, ...shared }: FileFieldProps) {
  const names = [...new Set(files?.map((file) => file.name))];
  const isMissing = files !== undefined && value !== '' && !names.includes(value);
  return (
    <div>
      <Autocomplete
        {...shared}
        placeholder={files?.length === 0 ? 'The experiment has no files' : 'Name of a file of the experiment'}
        value={value}
        onChange={onChange}
        data={names}
        limit={100}
        maxDropdownHeight={260}
        openOnFocus={false}
        spellCheck={false}
      />
      {isMissing && !shared.error && (
        <Text size="xs" mt={4} className={classes.warning} role="status">
          The experiment has no file of this name now.
        </Text>
      )}
    </div>
  );
}
