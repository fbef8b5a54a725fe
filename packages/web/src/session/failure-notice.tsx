import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { Notice } from '../ui/notice.tsx';
import { failureCode, failureText } from './failure-text.ts';
import { isUnreachable } from './is-unreachable.ts';

interface FailureNoticeProps {
  /** Completes "Could not …". */
  readonly what: string;
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What a page or a list shows when it could not be read. */
export function FailureNotice({ what, error, retry }: FailureNoticeProps) {
  const isSilent = isUnreachable(error);
  const code = failureCode(error);
  return (
    <div role="alert">
      <Notice icon={isSilent ? IconPlugConnectedX : IconAlertTriangle} title={`Could not ${what}`}>
        <p>
          {failureText(error)}
          {code !== undefined && !isSilent && ` [${code}]`}
        </p>
        {retry && (
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Notice>
    </div>
  );
}
