import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** Title of the document too. */
  readonly title: string;
  /** Shown in the place of the title, for pages where it can be changed; it must hold a heading. */
  readonly heading?: ReactNode;
  /** At the right end of the title's line. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

let isFirstPage = true;

/**
 * A page: its title, its document's title, and the focus at its beginning when it comes in place of another one, so
 * that a screen reader says where its user is now.
 */
export function Page({ title, heading, actions, children }: PageProps) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isFirstPage) top.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div ref={top} tabIndex={-1} className={classes.page}>
      <title>{`${title} · Aqueduct`}</title>
      <Group justify="space-between" className={classes.head}>
        {heading ?? <Title order={1}>{title}</Title>}
        {actions && (
          <Group gap="xs" wrap="nowrap">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </div>
  );
}
