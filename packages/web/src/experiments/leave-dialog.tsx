import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useStable } from '../ui/use-stable.ts';
import type { DraftSnapshot, ExperimentDraft } from './experiment-draft.ts';

/** A save that takes longer than this is told of. */
const PATIENCE_MS = 3000;

type LeaveDialogProps = Pick<DraftSnapshot, 'state' | 'problem'> & { readonly draft: ExperimentDraft };

/** A change of the address, as the router asks whether it may be. */
interface Change {
  readonly current: { readonly pathname: string };
  readonly next: { readonly pathname: string };
  readonly action: string;
}

/** Asks before another page takes the place of one with texts that can't be saved. */
export function LeaveDialog({ draft, state, problem }: LeaveDialogProps) {
  const isSaved = state === 'saved';
  const steppedTo = useRef<string>(undefined);
  const shouldBlockFn = useStable(async ({ current, next, action }: Change) => {
    const isStep = isStepInHistory(action);
    if (isStep) steppedTo.current = next.pathname;
    if (current.pathname === next.pathname) {
      // Back, and forth again while the dialog asks: its step has led nowhere, and the router must not take it back.
      if (isStep && isStepInHistory(asked.action)) asked.proceed?.();
      // Otherwise the file in the viewer is another one.
      return false;
    }
    await Promise.race([draft.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    const hasReturned = isStep && steppedTo.current === current.pathname;
    return draft.snapshot().state !== 'saved' && !hasReturned;
  });
  const asked = useBlocker({
    shouldBlockFn,
    disabled: isSaved,
    // The browser's own question is asked in `use-experiment-draft.ts`.
    enableBeforeUnload: false,
    withResolver: true,
  });
  const { status, proceed, reset } = asked;
  const isAsking = status === 'blocked';
  useEffect(() => {
    if (isAsking && isSaved) proceed();
  }, [isAsking, isSaved, proceed]);
  return (
    <Modal
      opened={isAsking}
      onClose={() => reset?.()}
      title="Leave what is not saved?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm">{reasonOf(state, problem)} What you wrote here is lost when you leave.</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          Stay
        </Button>
        <Button
          color="red.9"
          onClick={() => {
            draft.discard();
            proceed?.();
          }}
        >
          Leave without saving
        </Button>
      </Group>
    </Modal>
  );
}

/** Back and forward: the browser has made the step already, and the router takes it back where it may not be. */
function isStepInHistory(action: string | undefined): boolean {
  return action === 'BACK' || action === 'FORWARD' || action === 'GO';
}

function reasonOf(state: DraftSnapshot['state'], problem: string | undefined): string {
  if (problem !== undefined) return problem.replace(/[^.]$/, '$&.');
  if (state === 'conflict') return 'Somebody else has changed the same text, and you have not chosen yet.';
  return 'It is still being saved.';
}
