import { limits } from '@aqueduct/client/protocol';
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** Long enough that a fast typist asks once, short enough that the rows seem to follow the keys. */
const PAUSE_MS = 60;

/** Searches while one types. What was typed is the field's own; the address follows. */
export function SearchField({ value, onChange, field }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  // The address changed by another way: back, a link, "clear filters".
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <TextInput
      ref={field}
      type="search"
      size="xs"
      aria-label="Search by EID and title"
      placeholder="Search by EID and title"
      leftSection={<IconSearch size={15} stroke={1.6} />}
      rightSection={
        text !== '' && <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />
      }
      maxLength={limits.titleFilterLength}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
