import { limits } from '@aqueduct/client/protocol';
import { Button, Group, Text, Textarea, Title } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react';
import type { LinkTarget } from '../ui/markdown/link-target.ts';
import { Markdown } from '../ui/markdown/markdown.ts';
import classes from './experiment-page.module.css';
import { useKeptSelection } from './use-kept-selection.ts';

/** From here on it is said how many characters are left. */
const NEARLY_FULL = 0.9;

interface DescriptionEditorProps {
  readonly description: string;
  readonly canEdit: boolean;
  readonly resolve: (link: string) => LinkTarget | undefined;
  readonly onChange: (description: string) => void;
}

/** The description, shown as what its Markdown means; its source and what comes of it while it is written. */
export function DescriptionEditor({ description, canEdit, resolve, onChange }: DescriptionEditorProps) {
  const [isEditing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  // A long text with formulas takes longer than a key.
  const shown = useDeferredValue(description);
  const length = [...description].length;
  const { field, noteSelection } = useKeptSelection(description);
  const leaveAtEscape = ({ key, nativeEvent }: KeyboardEvent) => {
    if (key !== 'Escape' || nativeEvent.isComposing) return;
    setEditing(false);
    // The field goes, and with it the place of whoever uses the keyboard.
    edit.current?.focus();
  };
  return (
    <section aria-labelledby="description">
      <Group justify="space-between" className={classes.sectionHead}>
        <Title order={2} id="description">
          Description
        </Title>
        {canEdit && (
          <Button
            ref={edit}
            variant="subtle"
            leftSection={isEditing ? <IconCheck size={15} /> : <IconPencil size={15} />}
            onClick={() => setEditing(!isEditing)}
          >
            {isEditing ? 'Done' : 'Edit'}
          </Button>
        )}
      </Group>
      {isEditing ? (
        <div className={classes.editor}>
          <div>
            <Textarea
              ref={field}
              aria-label="Description, in Markdown"
              autosize
              autoFocus
              minRows={8}
              maxRows={28}
              value={description}
              onChange={({ currentTarget }) => {
                noteSelection();
                onChange(currentTarget.value);
              }}
              onFocus={noteSelection}
              onSelect={noteSelection}
              onKeyDown={leaveAtEscape}
              classNames={{ input: classes.source }}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {length > NEARLY_FULL * limits.descriptionLength
                ? `${length} of ${limits.descriptionLength} characters`
                : 'Markdown with tables, $formulas$ and ![images](of-this-experiment.png)'}
            </Text>
          </div>
          <div className={classes.preview}>
            <Markdown text={shown} resolve={resolve} />
          </div>
        </div>
      ) : description.trim() === '' ? (
        <Text c="dimmed" size="sm">
          There is no description.
        </Text>
      ) : (
        <Markdown text={shown} resolve={resolve} />
      )}
    </section>
  );
}
