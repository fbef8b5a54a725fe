import type { ChangeEventHandler } from 'react';
import classes from './check-box.module.css';

interface CheckBoxProps {
  /** Its name for screen readers. */
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for is checked. */
  readonly isPartly?: boolean;
  readonly disabled?: boolean;
  readonly onChange: ChangeEventHandler<HTMLInputElement>;
}

/** The browser's own check box, for long lists: a hundred of Mantine's take longer to draw than the rest of the rows. */
export function CheckBox({ label, isPartly = false, ...rest }: CheckBoxProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={label}
      ref={(box) => {
        if (box) box.indeterminate = isPartly;
      }}
      {...rest}
    />
  );
}
