import { isSystemTag } from '@aqueduct/client/protocol';
import { Pill, TagsInput, type TagsInputProps } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { isAmong, partsOf, SEPARATORS, splitAtLastSeparator, tagFault } from './tag-texts.ts';
import { useTagCompletion } from './use-experiments.ts';

interface TagPickerProps
  extends Pick<
    TagsInputProps,
    'label' | 'description' | 'placeholder' | 'autoFocus' | 'size' | 'variant' | 'clearable' | 'classNames'
  > {
  readonly value: readonly string[];
  readonly onChange: (tags: string[]) => void;
  readonly maxTags?: number;
  /** Name for screen readers, where there is no label. */
  readonly name?: string;
  /** A popover would close where its menu, outside of it, is pressed. */
  readonly isInPopover?: boolean;
}

/** Chooses tags, known and new ones, with completion by the server. */
export function TagPicker(props: TagPickerProps) {
  const { value, onChange, maxTags = Number.POSITIVE_INFINITY, name, isInPopover = false, ...rest } = props;
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const known = useTagCompletion(text, text !== '');
  const fault = partsOf(text)
    .map(tagFault)
    .find((found) => found !== undefined);
  const write = (written: string) => {
    setText(written);
    setRefusal(undefined);
  };
  /** Takes what can be tags; the others stay in the field before what is still written, with what is wrong with them. */
  const take = (parts: readonly string[], unfinished = '') => {
    const good: string[] = [];
    const left: string[] = [];
    for (const tag of parts) {
      if (isAmong(tag, good)) continue;
      const isThere = isAmong(tag, value);
      const isTooMany = value.length + good.length >= maxTags;
      if (tagFault(tag) === undefined && !isThere && !isTooMany) good.push(tag);
      else left.push(tag);
      if (isThere) setRefusal(`“${tag}” is there already.`);
      else if (isTooMany) setRefusal(`“${tag}” would be one too many: there can be ${maxTags}.`);
    }
    setText([...left, unfinished].filter(Boolean).join(' '));
    if (good.length > 0) onChange([...value, ...good]);
  };
  const takeAtKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isBlank = text.trim() === '';
    if (event.key === 'Escape') write('');
    // Held down to delete a text, or to delete blanks, it takes no tags.
    else if (event.key === 'Backspace' && isBlank && (event.repeat || text !== '')) event.stopPropagation();
    // A good text at Enter is left to the field itself: something may be chosen in its menu.
    else if (!isBlank && (SEPARATORS.includes(event.key) || (event.key === 'Enter' && fault !== undefined))) {
      event.preventDefault();
      take(partsOf(text));
    }
  };
  const takePasted = (event: ClipboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value: written } = event.currentTarget;
    const pasted = event.clipboardData.getData('text/plain');
    // The field itself would drop what it can't take.
    event.stopPropagation();
    const [complete, unfinished] = splitAtLastSeparator(
      `${written.slice(0, selectionStart ?? undefined)}${pasted}${written.slice(selectionEnd ?? undefined)}`,
    );
    if (complete === '') return;
    event.preventDefault();
    take(partsOf(complete), unfinished);
  };
  return (
    <TagsInput
      clearable
      {...rest}
      ref={field}
      aria-label={name}
      // Where something traps the focus, that goes to the field, not to the first tag's button.
      data-autofocus={rest.autoFocus || undefined}
      value={[...value]}
      onKeyDown={takeAtKey}
      onPasteCapture={takePasted}
      onChange={(tags) => {
        if (tags.length > value.length) take(tags.slice(value.length).flatMap(partsOf));
        else if (tags.length < value.length) onChange(tags);
      }}
      searchValue={text}
      onSearchChange={write}
      // Without a text, the menu would only lie over what stands below.
      dropdownOpened={isOpen && text !== ''}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={(known.data ?? []).filter((tag) => !isSystemTag(tag))}
      // It would drop them without a word.
      isDuplicate={() => false}
      error={fault ?? refusal}
      splitChars={SEPARATORS}
      comboboxProps={{ withinPortal: !isInPopover }}
      renderPill={({ value: tag, onRemove }) => (
        <Pill
          withRemoveButton
          onRemove={onRemove}
          removeButtonProps={{
            'aria-label': `Remove tag ${tag}`,
            'aria-hidden': false,
            tabIndex: 0,
            onClick: ({ currentTarget }) => {
              if (currentTarget === document.activeElement) field.current?.focus();
            },
          }}
        >
          {tag}
        </Pill>
      )}
    />
  );
}
