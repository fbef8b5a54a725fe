import { isSystemTag, limits } from '@aqueduct/client/protocol';
import { TagsInput, type TagsInputProps } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { useTagCompletion } from './use-experiments.ts';

const SEPARATORS = [',', ' ', ';'];

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
  const fault = partsOf(text)
    .map(tagFault)
    .find((found) => found !== undefined);
  /** Takes what can be tags; the rest stays in the field, with what is wrong with it. */
  const take = (parts: readonly string[]) => {
    const good: string[] = [];
    const left: string[] = [];
    for (const tag of parts) {
      if (
        tagFault(tag) !== undefined ||
        value.length + good.length >= (rest.maxTags ?? Number.POSITIVE_INFINITY)
      )
        left.push(tag);
      else if (!isAmong(tag, [...value, ...good])) good.push(tag);
    }
    setText(left.join(' '));
    if (good.length > 0) onChange([...value, ...good]);
  };
  const takeAtKey = (event: KeyboardEvent) => {
    // Good texts, and what is chosen from the menu, are left to the field itself.
    if (fault === undefined || event.nativeEvent.isComposing) return;
    if (![...SEPARATORS, 'Enter'].includes(event.key)) return;
    event.preventDefault();
    take(partsOf(text));
  };
  const takePasted = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (pasted === '') return;
    event.preventDefault();
    // The field itself would drop what it can't take.
    event.stopPropagation();
    take(partsOf(`${text}${pasted}`));
  };
  return (
    <TagsInput
      clearable
      {...rest}
      aria-label={name}
      value={[...value]}
      onKeyDown={takeAtKey}
      onPasteCapture={takePasted}
      onChange={(tags) => {
        const added = tags.filter((tag) => !value.includes(tag));
        if (added.length > 0) take(added.flatMap(partsOf));
        else if (tags.length < value.length) onChange(tags);
      }}
      searchValue={text}
      onSearchChange={setText}
      // Without a text, the menu would only lie over what stands below.
      dropdownOpened={isOpen && text !== ''}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={(known.data ?? []).filter((tag) => !isSystemTag(tag))}
      isDuplicate={isAmong}
      error={fault}
      splitChars={SEPARATORS}
      comboboxProps={{ withinPortal: !isInPopover }}
    />
  );
}

function partsOf(text: string): string[] {
  return text.split(/[,;\s]+/).filter(Boolean);
}

/** However it is spelled. */
function isAmong(tag: string, tags: readonly string[]): boolean {
  return tags.some((other) => other.toLowerCase() === tag.toLowerCase());
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
