import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says in a corner that something was done, and offers to undo it. */
export function tellUndoable(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
    // Nothing to interrupt somebody for.
    role: 'status',
    autoClose: 8000,
    withBorder: true,
  });
}
