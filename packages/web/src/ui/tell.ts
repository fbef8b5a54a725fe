import { type NotificationData, notifications } from '@mantine/notifications';

/** Says in a corner that something was done. */
export function tell(message: string): void {
  show({ message, autoClose: 4000 });
}

/** Says in a corner what went wrong, long enough to read it. */
export function tellFailure(title: string, message: string): void {
  show({ title, message, color: 'red', autoClose: 12_000, role: 'alert' });
}

function show(message: NotificationData): void {
  notifications.show({ ...message, withBorder: true });
}
