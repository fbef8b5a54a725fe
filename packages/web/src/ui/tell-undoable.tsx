import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says in a corner that something was done, and offers to undo it. The focus goes back then to where it came from. */
export function tellUndoable(message: string, undo: () => void): void {
  let before: EventTarget | null = null;
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="default"
          onFocus={({ relatedTarget }) => {
            before = relatedTarget;
          }}
          onClick={() => {
            notifications.hide(id);
            giveFocusBack(before);
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

/** To the page's content where it has gone meanwhile. */
function giveFocusBack(before: EventTarget | null): void {
  const isThere = before instanceof HTMLElement && before.isConnected;
  const target = isThere ? before : document.getElementById('content');
  target?.focus({ preventScroll: true });
}
