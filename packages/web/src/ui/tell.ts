import type { NotificationData } from '@mantine/notifications';
import { useSyncExternalStore } from 'react';

let isWanted = false;
const listeners = new Set<() => void>();

/** Says in a corner that something was done. */
export function tell(message: string): void {
  show({ message, autoClose: 4000, withBorder: true });
}

/** Says in a corner what went wrong, long enough to read it. */
export function tellFailure(title: string, message: string): void {
  show({ title, message, color: 'red', autoClose: 12_000, withBorder: true, role: 'alert' });
}

/** Whether anything has been told yet: the corner, and its code, come with the first message. */
export function useIsTold(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isWanted,
  );
}

function show(message: NotificationData): void {
  isWanted = true;
  for (const listener of listeners) listener();
  // Kept until the corner is there. Of a server that is away, the banner tells.
  void import('@mantine/notifications').then(
    ({ notifications }) => notifications.show(message),
    () => undefined,
  );
}
