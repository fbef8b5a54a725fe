import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Notice } from './notice.tsx';
import { Page } from './page.tsx';

/** Says that nothing is at an address. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Page title="Page not found">
      <Notice icon={IconMapQuestion} title="There is no such page">
        <p>
          Nothing is at <code>{pathname.slice(0, 200)}</code>. The link may be old, or cut off.
        </p>
        <Button component={Link} to="/aqd/experiments" variant="default">
          To the experiments
        </Button>
      </Notice>
    </Page>
  );
}
