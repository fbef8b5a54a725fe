import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ListExtensionsQuery } from './generated/operations.ts';
import classes from './run-drawer.module.css';

interface ExtensionProblemsProps {
  readonly problems: ListExtensionsQuery['extensionProblems'];
}

/** Says which folders are no extensions that can be run or hold a mistake: who writes one looks here first. */
export function ExtensionProblems({ problems }: ExtensionProblemsProps) {
  if (problems.length === 0) return null;
  const title =
    problems.length === 1
      ? 'Something is wrong with one extension'
      : `Something is wrong with ${problems.length} extensions`;
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={17} />} title={title}>
      <ul className={classes.problems}>
        {problems.map(({ folder, message }) => (
          <li key={folder}>
            <b>{folder}</b>: {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
