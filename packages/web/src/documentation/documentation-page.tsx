import { Anchor, List, Text, Title } from '@mantine/core';
import { serverAddress } from '../session/base.ts';
import { Page } from '../ui/page.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { documents } from './documents.ts';

const REFERENCES = [
  { path: 'api/graphql', title: 'GraphQL', about: 'every operation and field, to try out' },
  { path: 'api/docs', title: 'REST', about: 'how files are uploaded and downloaded' },
] as const;

/** All pages of the documentation, which the server brings along. */
export function DocumentationPage() {
  return (
    <Page title="Documentation">
      <Text c="dimmed" size="sm" mb="xs">
        Of this version of Aqueduct, from this server.
      </Text>
      <List spacing={6} size="sm">
        {documents.map(({ name, title, about }) => (
          <List.Item key={name}>
            <TextLink to="/documentation/$name" params={{ name }} size="sm" underline="always">
              {title}
            </TextLink>
            : {about}
          </List.Item>
        ))}
      </List>
      <Title order={2} mt="lg" mb="xs">
        References
      </Title>
      <List spacing={6} size="sm">
        {REFERENCES.map(({ path, title, about }) => (
          <List.Item key={path}>
            <Anchor href={`${serverAddress}/${path}`} size="sm" underline="always">
              {title}
            </Anchor>
            : {about}
          </List.Item>
        ))}
      </List>
    </Page>
  );
}
