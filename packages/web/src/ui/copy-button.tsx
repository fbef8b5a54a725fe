import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCopy } from './use-copy.ts';

interface CopyButtonProps {
  readonly text: string;
  /** Completes "Copy …". */
  readonly what: string;
  readonly icon?: ReactNode;
}

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({ text, what, icon = <IconCopy size={15} /> }: CopyButtonProps) {
  const { isCopied, copy } = useCopy();
  return (
    <Tooltip label={isCopied ? 'Copied' : `Copy ${what}`}>
      <ActionIcon onClick={() => copy(text)} aria-label={`Copy ${what}`} size="sm">
        {isCopied ? <IconCheck size={15} /> : icon}
      </ActionIcon>
    </Tooltip>
  );
}
