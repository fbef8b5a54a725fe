import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { UnreachableBanner } from '../session/unreachable-banner.tsx';
import iconUrl from '../ui/icon.svg';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

/** What stands around every page: navigation at the left, behind a burger on narrow screens. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page was chosen, so its choice closes.
  useEffect(close, [pathname]);
  // There it covers the page, which nobody can reach then with the keyboard either.
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const isCovered = isOpen && isNarrow;
  const burger = useRef<HTMLButtonElement>(null);
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCovered) closing.current?.focus();
  }, [isCovered]);
  const goBack = () => {
    // Only what is covered no more takes the focus.
    flushSync(close);
    burger.current?.focus();
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isCovered) goBack();
  };
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 44, sm: 0 } }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      withBorder={false}
    >
      <button
        type="button"
        className={`visually-hidden ${classes.skip}`}
        onClick={focusContent}
        inert={isCovered}
      >
        Skip to the content
      </button>
      <AppShell.Header hiddenFrom="sm" className={classes.header} inert={isCovered}>
        <Group h="100%" px="sm" gap="sm">
          <Burger
            ref={burger}
            opened={isOpen}
            onClick={toggle}
            size="sm"
            aria-label="Navigation"
            aria-expanded={isOpen}
          />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} mod={{ closed: !isOpen }} onKeyDown={closeByKey}>
        <Group className={classes.brandLine} gap="sm">
          <Burger
            ref={closing}
            opened={isOpen}
            onClick={goBack}
            size="sm"
            hiddenFrom="sm"
            aria-label="Close the navigation"
          />
          <Brand />
        </Group>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main} inert={isCovered}>
        <UnreachableBanner />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <Link to="/aqd/experiments" className={classes.brand}>
      <img src={iconUrl} alt="" width={22} height={22} />
      <span>Aqueduct</span>
    </Link>
  );
}

/** No link to a fragment: the address belongs to the pages. */
function focusContent() {
  document.getElementById('content')?.focus();
}
