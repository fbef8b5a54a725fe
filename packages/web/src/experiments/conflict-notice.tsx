import { Button, Group, Text } from '@mantine/core';
import { useFocusReturn } from '@mantine/hooks';
import type { DraftSnapshot, ExperimentDraft } from './experiment-draft.ts';
import classes from './experiment-page.module.css';

type ConflictNoticeProps = Pick<DraftSnapshot, 'texts' | 'theirs' | 'clashes'> & {
  readonly draft: ExperimentDraft;
};

/** Shows two writings of one text side by side, to choose from. */
export function ConflictNotice({ draft, texts, theirs, clashes = [] }: ConflictNoticeProps) {
  // The buttons go with the choice: whoever used one writes on where the conflict came up.
  const returnFocus = useFocusReturn({ opened: theirs !== undefined, shouldReturnFocus: false });
  if (!theirs) return null;
  const choose = (choice: () => void) => () => {
    choice();
    returnFocus();
  };
  return (
    <div role="alert" className={classes.conflict}>
      <Text fw={600} size="sm">
        Somebody else changed the {clashes.join(' and the ')} while you were writing.
      </Text>
      <Text size="sm">
        Nothing is saved until you choose. You can also copy from theirs into yours first.
      </Text>
      {clashes.map((field) => (
        <div key={field} className={classes.versions}>
          <Writing name={`Your ${field}`} text={texts[field]} />
          <Writing name={`Their ${field}`} text={theirs[field]} />
        </div>
      ))}
      <Group gap="xs" mt="xs">
        <Button onClick={choose(() => draft.keepMine())}>Keep mine</Button>
        <Button variant="default" onClick={choose(() => draft.takeTheirs())}>
          Take theirs
        </Button>
      </Group>
    </div>
  );
}

function Writing({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <section aria-label={name}>
      <Text size="xs" fw={600}>
        {name}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
