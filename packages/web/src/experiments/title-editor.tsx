import { Textarea, Title } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import classes from './experiment-page.module.css';
import { oneLine } from './one-line.ts';

interface TitleEditorProps {
  readonly title: string;
  readonly canEdit: boolean;
  readonly onChange: (title: string) => void;
}

/** The title, changed where it stands. */
export function TitleEditor({ title, canEdit, onChange }: TitleEditorProps) {
  if (!canEdit) {
    return (
      <Title order={1} className={classes.title}>
        {title}
      </Title>
    );
  }
  return (
    <div className={classes.titlePlace}>
      <h1 className="visually-hidden">{title}</h1>
      <Textarea
        aria-label="Title"
        autosize
        rows={1}
        spellCheck={false}
        value={title}
        placeholder="Title"
        // It has one line, however many it takes on the screen.
        onChange={({ currentTarget }) => onChange(oneLine(currentTarget.value))}
        onFocus={({ currentTarget }) => currentTarget.value === 'New Experiment' && currentTarget.select()}
        onKeyDown={leaveAtEnter}
        classNames={{ input: classes.titleInput }}
      />
    </div>
  );
}

function leaveAtEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  // While a word is being put together from several keys, they are for the input method.
  if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
  event.preventDefault();
  event.currentTarget.blur();
}
