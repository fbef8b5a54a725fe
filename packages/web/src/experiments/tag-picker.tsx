import { isSystemTag, limits } from '@aqueduct/client/protocol';
import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTagCompletion } from './use-experiments.ts';

interface TagPickerProps
  extends Pick<
    TagsInputProps,
    'label' | 'description' | 'placeholder' | 'autoFocus' | 'size' | 'maxTags' | 'variant' | 'clearable'
  > {
  readonly value: readonly string[];
  readonly onChange: (tags: string[]) => void;
  /** Name for screen readers, where there is no label. */
  readonly name?: string;
  /** A popover would close where its menu, outside of it, is pressed. */
  readonly isInPopover?: boolean;
}

/** Chooses tags, known and new ones, with completion by the server. */
export function TagPicker({ value, onChange, name, isInPopover = false, ...rest }: TagPickerProps) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const known = useTagCompletion(text, text !== '');
  const fault = tagFault(text);
  return (
    <TagsInput
      clearable
      {...rest}
      aria-label={name}
      value={[...value]}
      onChange={(tags) => onChange(tags.filter((tag) => tagFault(tag) === undefined))}
      searchValue={text}
      onSearchChange={setText}
      // Without a text, the menu would only lie over what stands below.
      dropdownOpened={isOpen && text !== ''}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={(known.data ?? []).filter((tag) => !isSystemTag(tag))}
      isDuplicate={(tag, tags) => tags.some((other) => other.toLowerCase() === tag.toLowerCase())}
      error={fault}
      splitChars={[',', ' ', ';']}
      comboboxProps={{ withinPortal: !isInPopover }}
    />
  );
}

/** What is wrong with a text as a tag; `undefined` where nothing is. */
export function tagFault(text: string): string | undefined {
  if (text === '') return undefined;
  if (!/^[a-zA-Z0-9\-_:/]+$/.test(text))
    return 'Letters, digits, colons, hyphens, underscores and slashes only.';
  if (text.length > limits.tagLength) return `At most ${limits.tagLength} characters.`;
  if (isSystemTag(text)) return 'Tags like __this__ belong to the system.';
  return undefined;
}
