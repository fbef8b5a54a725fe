import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';

/**
 * In the place of a page that failed. After an upgrade of the server an open page looks for parts that are no more:
 * that mends itself when it is loaded again.
 */
export function CrashPage({ error }: ErrorComponentProps) {
  return (
    <Page title="Something went wrong">
      <div role="alert">
        <Notice icon={IconBug} title="This page failed">
          <p>
            Nothing that the server keeps is touched. The reason: <code>{String(error).slice(0, 500)}</code>
          </p>
          <Button variant="default" onClick={() => location.reload()}>
            Load it again
          </Button>
        </Notice>
      </div>
    </Page>
  );
}
