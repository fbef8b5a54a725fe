import { Center, Loader, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Shorter waits show nothing: a flash tells less than it disturbs. */
const PATIENCE_MS = 200;

/** Says that something is on its way, if it takes long enough to be noticed. */
export function Loading({ what = 'Loading' }: { readonly what?: string }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center mih={160} role="status">
      {isLong && <Loader size="sm" type="dots" />}
      <VisuallyHidden>{what} …</VisuallyHidden>
    </Center>
  );
}
