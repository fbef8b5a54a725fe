import { Text } from '@mantine/core';
import classes from './experiment-page.module.css';

/** Says that an open experiment is no more, while its texts can still be copied. */
export function DeletedNotice() {
  return (
    <div role="alert" className={classes.conflict}>
      <Text fw={600} size="sm">
        This experiment has been deleted.
      </Text>
      <Text size="sm">
        Nothing is saved here any more. The texts below stay in this page until it is left: copy what you
        need.
      </Text>
    </div>
  );
}
