import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStable } from '../ui/use-stable.ts';
import type { DraftSnapshot, ExperimentDraft } from './experiment-draft.ts';

/** A save that takes longer than this is told of. */
const PATIENCE_MS = 3000;

type LeaveDialogProps = Pick<DraftSnapshot, 'state' | 'problem'> & { readonly draft: ExperimentDraft };

/** Asks before another page takes the place of one with texts that can't be saved. */
export function LeaveDialog({ draft, state, problem }: LeaveDialogProps) {
  const isSaved = state === 'saved';
  const shouldBlockFn = useStable(
    async ({ current, next }: Record<'current' | 'next', { pathname: string }>) => {
      // The file in the viewer is another one.
      if (current.pathname === next.pathname) return false;
      await Promise.race([draft.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
      return draft.snapshot().state !== 'saved';
    },
  );
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn,
    disabled: isSaved,
    // The browser's own question is asked in `use-experiment-draft.ts`.
    enableBeforeUnload: false,
    withResolver: true,
  });
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

function reasonOf(state: DraftSnapshot['state'], problem: string | undefined): string {
  if (problem !== undefined) return problem.replace(/[^.]$/, '$&.');
  if (state === 'conflict') return 'Somebody else has changed the same text, and you have not chosen yet.';
  return 'It is still being saved.';
}
