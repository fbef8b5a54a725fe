import { CopyButton } from '../ui/copy-button.tsx';
import classes from './task-panel.module.css';

/** The beginning of a SHA-256; the whole on hover, and to copy. */
export function Hash({ value }: { readonly value: string }) {
  return (
    <span className={classes.hash} title={value}>
      {value.slice(0, 10)}…
      <CopyButton text={value} what="SHA-256" />
    </span>
  );
}
