import { Code } from '@mantine/core';
import classes from './code-sample.module.css';
import { CopyButton } from './copy-button.tsx';

interface CodeSampleProps {
  readonly code: string;
  /** Completes "Copy …". */
  readonly what: string;
}

/** What scrolls must be reached by keys. */
const SCROLLED = { tabIndex: 0 };

/** A piece of a program, to be copied. */
export function CodeSample({ code, what }: CodeSampleProps) {
  return (
    <div className={classes.sample}>
      <Code block {...SCROLLED}>
        {code}
      </Code>
      <div className={classes.copy}>
        <CopyButton text={code} what={what} />
      </div>
    </div>
  );
}
