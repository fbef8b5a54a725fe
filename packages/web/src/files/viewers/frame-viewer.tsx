import { Text } from '@mantine/core';
import type { ViewerProps } from './registry.ts';
import classes from './viewer.module.css';

/** Pages that a measurement made: their scripts run, but apart from Aqueduct and without network. */
export function FrameViewer({ source: { name, frame, changed } }: ViewerProps) {
  return (
    <>
      <Text size="xs" c="dimmed" className={classes.bar}>
        Runs apart from Aqueduct and without network.
      </Text>
      <iframe
        key={changed}
        className={classes.frame}
        title={name}
        src={frame}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
      />
    </>
  );
}
