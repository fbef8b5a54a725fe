import { Stack, Text } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface NoticeProps {
  readonly icon?: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  /** What it means and what to do. */
  readonly children?: ReactNode;
}

/** What a page or a list says in the place of its contents: that there is nothing, or what went wrong. */
export function Notice({ icon: Icon, title, children }: NoticeProps) {
  return (
    <Stack align="center" gap="xs" px="md" py={48} ta="center">
      {Icon && (
        <Text c="dimmed" lh={0} aria-hidden>
          <Icon size={28} stroke={1.5} />
        </Text>
      )}
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" size="sm" maw={520} component="div">
          {children}
        </Text>
      )}
    </Stack>
  );
}
