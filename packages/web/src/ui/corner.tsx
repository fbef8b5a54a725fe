import { lazy, Suspense } from 'react';
import { useIsTold } from './tell.ts';

const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** Where messages appear. */
export function Corner() {
  if (!useIsTold()) return null;
  return (
    <Suspense>
      <Notifications position="bottom-right" limit={4} />
    </Suspense>
  );
}
