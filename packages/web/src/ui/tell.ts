import { type NotificationData, notifications } from '@mantine/notifications';

/** Says in a corner that something was done. */
export function tell(message: string): void {
  show({ message, autoClose: 4000 });
}

/** Says in a corner what went wrong, long enough to read it. Gives what takes it back once it is over. */
export function tellFailure(title: string, message: string): () => void {
  const id = show({ title, message, color: 'red', autoClose: 12_000, role: 'alert' });
  return () => void notifications.hide(id);
}

function show(message: NotificationData): string {
  return notifications.show({ ...message, withBorder: true });
}
