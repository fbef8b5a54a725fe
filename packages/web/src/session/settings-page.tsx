import { SegmentedControl, Stack, Switch, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from '../ui/page.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { useKeySwitch } from '../ui/use-keys.ts';
import { ask } from './ask.ts';
import { serverAddress } from './base.ts';
import { whoAmI } from './generated/operations.ts';

/** Appearance, keys, who is asking, and where to read on. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <Stack gap="xl" maw={640}>
        <Appearance />
        <Keys />
        <Account />
        <Documentation />
      </Stack>
    </Page>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance" about="Kept in this browser.">
      <SegmentedControl
        aria-label="Colour scheme"
        size="xs"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'As the system' },
        ]}
      />
    </Section>
  );
}

function Keys() {
  const [areOn, setOn] = useKeySwitch();
  return (
    <Section title="Keys" about="Kept in this browser. In lists, ? names them.">
      <Switch
        size="xs"
        label="Single keys act, as n for a new experiment"
        checked={areOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Section>
  );
}

function Account() {
  const { data } = useQuery({
    queryKey: ['session', 'who-am-i'],
    queryFn: ({ signal }) => ask(whoAmI, {}, signal),
  });
  return (
    <Section title="Account" about="This server has one user and no login: who reaches it may do everything.">
      <Text size="sm">
        You work as <b>{data?.getCurrentUserInfo.username ?? '…'}</b>.
      </Text>
    </Section>
  );
}

function Documentation() {
  return (
    <Section title="Documentation" about={`Of the server at ${serverAddress}.`}>
      <TextLink to="/documentation" size="sm" underline="always">
        All pages and references
      </TextLink>
    </Section>
  );
}

function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" mb="xs">
        {about}
      </Text>
      {children}
    </section>
  );
}
