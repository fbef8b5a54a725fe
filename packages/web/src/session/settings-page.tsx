import { Anchor, List, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from '../ui/page.tsx';
import { ask } from './ask.ts';
import { serverAddress } from './base.ts';
import { whoAmI } from './generated/operations.ts';

/** Appearance, who is asking, and where to read on. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <Stack gap="xl" maw={640}>
        <Appearance />
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
      <List size="sm" spacing={4}>
        <List.Item>
          <Anchor size="sm" underline="always" href={`${serverAddress}/api/graphql`}>
            GraphQL
          </Anchor>
          : every operation and field, to try out
        </List.Item>
        <List.Item>
          <Anchor size="sm" underline="always" href={`${serverAddress}/api/docs`}>
            REST
          </Anchor>
          : how files are uploaded and downloaded
        </List.Item>
      </List>
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
