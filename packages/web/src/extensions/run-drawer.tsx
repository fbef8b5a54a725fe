import { ActionIcon, Drawer, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { UnreachableBanner } from '../session/unreachable-banner.tsx';
import { ActionChooser } from './action-chooser.tsx';
import { type Choice, shownName } from './extension.ts';
import { lastValues } from './last-values.ts';
import classes from './run-drawer.module.css';
import { RunForm } from './run-form.tsx';
import { submitValues } from './submit-values.ts';
import type { KnownExperiment } from './use-experiment-named.ts';

interface RunDrawerProps {
  readonly isOpen: boolean;
  readonly experiment: KnownExperiment;
  readonly onSubmitted: (taskUuid: string) => void;
  readonly onClose: () => void;
}

/** Where an action is chosen and run, at the right edge. */
export function RunDrawer({ isOpen, experiment, onSubmitted, onClose }: RunDrawerProps) {
  const [choice, setChoice] = useState<Choice>();
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="min(640px, 100vw)"
      onExitTransitionEnd={() => setChoice(undefined)}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content className={classes.drawer}>
        <div className={classes.content}>
          {/* The page's own lies below. */}
          <UnreachableBanner />
          <Drawer.Header className={classes.header}>
            <Group gap="xs" wrap="nowrap" miw={0}>
              {choice && (
                <ActionIcon aria-label="Choose another action" onClick={() => setChoice(undefined)}>
                  <IconArrowLeft size={17} />
                </ActionIcon>
              )}
              <Drawer.Title fz="md" fw={600} lh={1.4} className="truncate">
                {choice ? shownName(choice.action) : 'Run an extension'}
              </Drawer.Title>
            </Group>
            <Drawer.CloseButton aria-label="Close" />
          </Drawer.Header>
          <Drawer.Body className={classes.body}>
            {choice ? (
              <RunForm
                name={`run ${JSON.stringify([experiment.uuid, choice.extension.name, choice.action.name])}`}
                choice={choice}
                experiment={experiment}
                remembered={lastValues(choice)}
                submit={(values) => submitValues(choice, values, experiment)}
                onSubmitted={onSubmitted}
              />
            ) : (
              <ActionChooser onChoose={setChoice} />
            )}
          </Drawer.Body>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}
