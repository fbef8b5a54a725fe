import { Group, Loader, Text } from '@mantine/core';
import { useReachability } from './reachability.ts';
import classes from './unreachable-banner.module.css';

/** Says on every page that the server does not answer, until it does. */
export function UnreachableBanner() {
  const isThere = useReachability();
  return (
    <div role="status" className={classes.place}>
      {!isThere && (
        <Group gap="sm" wrap="nowrap" className={classes.banner}>
          <Loader size={14} color="currentColor" />
          <Text size="sm">
            The server does not answer. Nothing is lost; this page goes on when it is back.
          </Text>
        </Group>
      )}
    </div>
  );
}
