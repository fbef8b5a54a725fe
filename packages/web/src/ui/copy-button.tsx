import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface CopyButtonProps {
  readonly text: string;
  /** Completes "Copy …". */
  readonly what: string;
  readonly icon?: ReactNode;
}

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({ text, what, icon = <IconCopy size={15} /> }: CopyButtonProps) {
  return (
    <Copying value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
          <ActionIcon onClick={copy} aria-label={`Copy ${what}`} size="sm">
            {copied ? <IconCheck size={15} /> : icon}
          </ActionIcon>
        </Tooltip>
      )}
    </Copying>
  );
}
