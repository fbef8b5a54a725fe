import { limits } from '@aqueduct/client/protocol';
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** The rows follow each key, but of a burst of keys the first and the last only. */
const BURST_MS = 30;
/** No index finds a text of fewer characters. It waits for somebody to type no more. */
const SHORT = 3;
const SHORT_MS = 200;

/** Searches while one types. What was typed is the field's own; the address follows. */
export function SearchField({ value, onChange, field }: SearchFieldProps) {
  const [text, setText] = useState(value);
  /** What the address says or is going to say: it follows while one types on, and may leave some out. */
  const asked = useRef([value]);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const place = asked.current.indexOf(value);
    asked.current = place < 0 ? [value] : asked.current.slice(place);
    // The address changed by another way: back, a link, "clear filters".
    if (place < 0) setText(value);
  }, [value]);
  useEffect(() => {
    if (text === asked.current.at(-1)) return;
    const ask = () => {
      asked.current.push(text);
      askedAt.current = performance.now();
      onChange(text);
    };
    const isShort = text !== '' && [...text].length < SHORT;
    const wait = isShort ? SHORT_MS : askedAt.current + BURST_MS - performance.now();
    if (wait <= 0) return ask();
    const timer = setTimeout(ask, wait);
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
        text !== '' && (
          <CloseButton
            size="xs"
            aria-label="Clear the search"
            onClick={() => {
              setText('');
              field.current?.focus();
            }}
          />
        )
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
