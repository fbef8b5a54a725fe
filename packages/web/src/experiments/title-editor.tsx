import { Textarea, Title } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { visibleName } from '../ui/visible-name.ts';
import classes from './experiment-page.module.css';
import { oneLine } from './one-line.ts';

interface TitleEditorProps {
  readonly title: string;
  readonly canEdit: boolean;
  readonly onChange: (title: string) => void;
}

/** The title, changed where it stands. Escape takes back what was typed. */
export function TitleEditor({ title, canEdit, onChange }: TitleEditorProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  /** Since the field has the focus; undefined while nothing was typed. */
  const before = useRef<string>(undefined);
  const leave = (event: KeyboardEvent) => {
    // While a word is being put together from several keys, they are for the input method.
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Escape' && before.current !== undefined) onChange(before.current);
    heading.current?.focus({ preventScroll: true });
  };
  if (!canEdit) {
    return (
      <Title order={1} className={classes.title} dir="auto">
        {visibleName(title)}
      </Title>
    );
  }
  return (
    <div className={classes.titlePlace}>
      <Textarea
        aria-label="Title"
        autosize
        rows={1}
        spellCheck={false}
        value={title}
        placeholder="Title"
        // It has one line, however many it takes on the screen.
        onChange={({ currentTarget }) => {
          before.current ??= title;
          onChange(oneLine(currentTarget.value));
        }}
        onFocus={({ currentTarget }) => {
          before.current = undefined;
          if (currentTarget.value === 'New Experiment') currentTarget.select();
        }}
        onKeyDown={leave}
        classNames={{ input: classes.titleInput }}
      />
      {/* Behind the field: the next Tab goes on from here. */}
      <div className="visually-hidden">
        <h1 ref={heading} tabIndex={-1}>
          {visibleName(title)}
        </h1>
      </div>
    </div>
  );
}
