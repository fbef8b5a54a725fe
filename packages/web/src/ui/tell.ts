import { notifications } from '@mantine/notifications';

/** Says in a corner that something was done. */
export function tell(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}

/** Says in a corner what went wrong, long enough to read it. */
export function tellFailure(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: 12_000, withBorder: true, role: 'alert' });
}
